#!/bin/sh
# Makes the secrets of the compose files in ./secrets, once; what is there is kept. Keep the folder closed, and with your backups.
set -eu
cd "$(dirname "$0")"
umask 022 # containers read the files as users of their own; the folder lets nobody else come near
mkdir -p -m 700 secrets
cd secrets

secret() { # name, bytes: hexadecimal digits that nobody knows
    [ -s "$1" ] || od -An -N "$2" -t x1 /dev/urandom | tr -d ' \n' >"$1"
}
for name in database_root database_app database_replication redis; do secret "$name" 24; done
secret signing.key 32

[ -s redis.conf ] || cat >redis.conf <<REDIS
requirepass $(cat redis)
save ""
appendonly no
maxmemory 256mb
maxmemory-policy allkeys-lru
REDIS

# Further secret settings, such as smtp_url, go into these two files.
[ -s stage-1.toml ] || echo '# smtp_url = "smtp://user:password@mail.example.org:587"' >stage-1.toml
[ -s stage-2.toml ] || cat >stage-2.toml <<TOML
database_url = "mysql://headway:$(cat database_app)@database:3306,database-replica:3306/headway"
redis_url = "redis://:$(cat redis)@redis:6379/0"
TOML
