#!/bin/sh
# sh deploy/make-env.sh https://desk.example.com
# Writes the secrets of a new installation, readable by you alone: .env for docker compose (database passwords), and
# deploy/switchboard.env for the application. Refuses to touch files that exist: the keys in them cannot be made again.
set -eu

public_url=${1:-}
case "$public_url" in
  https://?*) ;;
  *)
    echo "Usage: sh deploy/make-env.sh https://desk.example.com" >&2
    exit 2
    ;;
esac

folder=${SWITCHBOARD_ENV_FOLDER:-$(cd "$(dirname "$0")/.." && pwd)}
compose_file=$folder/.env
settings_file=$folder/deploy/switchboard.env
for file in "$compose_file" "$settings_file"; do
  if [ -e "$file" ]; then
    echo "$file exists already; it stays as it is." >&2
    exit 1
  fi
done

host=${public_url#https://}
host=${host%%/*}
umask 077
mkdir -p "$folder/deploy"

cat > "$compose_file" <<END
PUBLIC_HOST=$host
MONGO_ROOT_PASSWORD=$(openssl rand -hex 24)
MONGO_APP_PASSWORD=$(openssl rand -hex 24)
MONGO_REPLICA_KEY=$(openssl rand -hex 256)
TEMPORAL_DB_PASSWORD=$(openssl rand -hex 24)
END

cat > "$settings_file" <<END
# Every other setting, with its meaning and default: docs/configuration.md
SWITCHBOARD_MODE=production
PUBLIC_URL=$public_url
# Losing this key loses every message. Keep a copy away from this machine.
ENCRYPTION_KEY=$(openssl rand -base64 32)
SESSION_SECRET=$(openssl rand -base64 32)

# From the Twilio console; see docs/guide/connect-twilio.md
#TWILIO_ACCOUNT_SID=
#TWILIO_AUTH_TOKEN=
#TWILIO_PHONE_NUMBER=
#TWILIO_WHATSAPP_NUMBER=
END

echo "Written: $compose_file and $settings_file"
echo "Keep a copy of both away from this machine: without ENCRYPTION_KEY no message can be read again."
