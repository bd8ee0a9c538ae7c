#!/bin/sh
# Makes the namespace and the search attributes the application uses; running it again changes nothing.
# Reads TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and RETENTION.
set -eu

patience=60
until temporal operator cluster health >/dev/null 2>&1; do
  patience=$((patience - 1))
  if [ "$patience" -eq 0 ]; then
    echo "Temporal at $TEMPORAL_ADDRESS does not answer." >&2
    exit 1
  fi
  sleep 1
done

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION" >/dev/null
  echo "Namespace $TEMPORAL_NAMESPACE exists."
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION" >/dev/null
  echo "Namespace $TEMPORAL_NAMESPACE is made."
fi

# A new namespace is known to every part of the server a few seconds later.
patience=60
until existing=$(temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE" 2>/dev/null); do
  patience=$((patience - 1))
  if [ "$patience" -eq 0 ]; then
    echo "Namespace $TEMPORAL_NAMESPACE does not answer." >&2
    exit 1
  fi
  sleep 1
done

for attribute in BusinessId Channel; do
  if printf '%s\n' "$existing" | grep -q "[^[:alnum:]]*$attribute[^[:alnum:]]"; then
    echo "Search attribute $attribute exists."
  else
    temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$attribute" --type Keyword >/dev/null
    echo "Search attribute $attribute is made."
  fi
done
