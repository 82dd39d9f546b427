# pysqlite3 is the standard library's sqlite3 module built against a newer SQLite: same names, same types.
from sqlite3 import *
from sqlite3 import dbapi2 as dbapi2
