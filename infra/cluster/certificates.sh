#!/usr/bin/env bash
# Makes the certificates of the KurrentDB cluster: an authority, and one certificate a node. An authority that is
# there already is kept, so that running it again before certificates end (two years) is a rotation.
#   ./certificates.sh [FOLDER]      default: ./certificates
set -euo pipefail

folder=${1:-certificates}
mkdir -p "$folder/ca"

if [ ! -f "$folder/ca/ca.key" ]; then
  openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 3650 -subj '/CN=Provisie event store authority' \
    -addext 'basicConstraints=critical,CA:TRUE' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -keyout "$folder/ca/ca.key" -out "$folder/ca/ca.crt" 2>/dev/null
fi

for node in kurrentdb-1 kurrentdb-2 kurrentdb-3; do
  mkdir -p "$folder/$node"
  # The nodes know each other by the common name, which must be the same for all of them.
  openssl req -newkey rsa:2048 -nodes -sha256 -subj '/CN=eventstoredb-node' \
    -keyout "$folder/$node/node.key" -out "$folder/$node/node.csr" 2>/dev/null
  openssl x509 -req -sha256 -days 730 -in "$folder/$node/node.csr" -CA "$folder/ca/ca.crt" -CAkey "$folder/ca/ca.key" \
    -CAcreateserial -out "$folder/$node/node.crt" -extfile <(
      echo "subjectAltName=DNS:$node,DNS:localhost,IP:127.0.0.1"
      echo 'extendedKeyUsage=serverAuth,clientAuth'
      echo 'keyUsage=critical,digitalSignature,keyEncipherment'
    ) 2>/dev/null
  rm "$folder/$node/node.csr"
  # The server runs as user 1000 of its image.
  chmod 640 "$folder/$node/node.key"
  chgrp 1000 "$folder/$node/node.key" 2>/dev/null || true
done
chmod 600 "$folder/ca/ca.key"
echo "Certificates are in $folder. Keep $folder/ca/ca.key somewhere else than on the servers."
