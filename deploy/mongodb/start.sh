#!/bin/bash
# Starts MongoDB as a replica set of one. Members of a replica set with users know each other by a key file that nobody
# else may read, so it is written here, inside the container and by its own user, rather than mounted from outside.
set -eu

key_file=/tmp/replica.key
# A restarted container finds the file of its last start, which even its owner may not write to.
rm -f "$key_file"
(umask 077 && printf '%s' "$MONGO_REPLICA_KEY" > "$key_file")
chmod 400 "$key_file"
unset MONGO_REPLICA_KEY

exec docker-entrypoint.sh mongod --replSet rs0 --bind_ip_all --keyFile "$key_file"
