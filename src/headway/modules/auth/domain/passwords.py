"""Which passwords may be chosen (NIST SP 800-63B: length counts, composition rules do not)."""

import unicodedata
from typing import Final

from headway.platform.problems import Invalid

MINIMUM: Final = 8
MAXIMUM: Final = 1024

# The ones of eight characters and more at the top of every list of leaked passwords; shorter ones are refused anyway.
_COMMON: Final = frozenset(
    """
    00000000 0123456789 0987654321 1029384756 11111111 111111111 1111111111 112233445566 11223344 12121212 123123123
    1234512345 12341234 12344321 123454321 12345678 123456789 1234567890 12345678910 1234567891 123456123 1234qwer
    123456abc 123456789a 123qweasd 13131313 147258369 159357456 159753258 1a2b3c4d 1q2w3e4r 1q2w3e4r5t 1qaz2wsx
    1qazxsw2 20202020 22222222 33333333 44444444 55555555 66666666 69696969 77777777 7777777777 789456123 87654321
    88888888 963852741 987654321 9876543210 99999999 999999999 a1b2c3d4 aa123456 aaaaaaaa abc12345 abcd1234 abcdefgh
    access14 administrator admin123 admin1234 adminadmin alexander asdasdasd asdf1234 asdfasdf asdfghjk asdfghjkl
    babygirl baseball basketball benjamin blahblah butterfly changeme charlie1 chocolate christian computer consumer
    corvette cowboys1 darkness default1 dolphins download dragon12 elephant einstein facebook fernando firebird
    football football1 forever1 freedom1 fuckyou1 geheim123 godzilla hallo123 hallohallo hannover headway1 headway123
    hello123 hellohello iloveyou iloveyou1 internet jennifer jonathan killer123 kleines1 letmein1 letmein123 lovely123
    liverpool manchester marlboro maverick mercedes metallica michael1 michelle midnight monkey123 mountain mustang1
    p@ssw0rd p@ssword pass1234 passwd123 password password! password. password1 password1! password12 password123
    password1234 passwort passwort1 passwort123 pa$$word princess princess1 q1w2e3r4 q1w2e3r4t5 qazwsxedc qqqqqqqq
    qwer1234 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwertz123 qwertzui qwertzuiop qweasdzxc samantha
    sandiego schalke04 schatz123 scorpion secret123 senha123 shadow12 slipknot snowball starwars steelers sunshine
    sunshine1 superman superman1 swordfish tarzan12 test1234 testtest thomas123 tinkerbell trustno1 ubuntu123
    undertaker victoria victoria1 welcome1 welcome123 whatever willkommen willkommen1 windows1 wolfgang yankees1
    zaq12wsx zaq1zaq1 zxcvbnm1 zxcvbnm123 zxcvbnma
    """.split()  # noqa: SIM905 - so many words read better as a block
)


def normal(password: str) -> str:
    """One spelling per password, whatever keyboard it was typed on; nothing is trimmed."""
    return unicodedata.normalize("NFC", password)


def check(password: str, email: str, field: str = "password") -> str:
    """The password in its one spelling; Invalid, naming `field`, when it would be too easy to guess."""
    password = normal(password)
    if len(password) < MINIMUM:
        raise Invalid.field(field, "too_short", f"must have at least {MINIMUM} characters")
    if len(password) > MAXIMUM:
        raise Invalid.field(field, "too_long", f"must have at most {MAXIMUM} characters")
    lowered = password.lower()
    if lowered == email.lower() or lowered == email.lower().partition("@")[0]:
        raise Invalid.field(field, "password_is_address", "must not be your email address")
    if lowered in _COMMON or len(set(lowered)) == 1:
        raise Invalid.field(field, "password_common", "is among the first that anybody would try")
    return password
