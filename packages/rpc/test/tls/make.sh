#!/usr/bin/env bash
# Makes the certificates of the TLS tests anew: a CA, and of it one certificate for localhost and one for a client.
set -euo pipefail
cd "$(dirname "$0")"
key() { openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$1.key"; }
key ca
openssl req -x509 -new -key ca.key -subj '/CN=Test CA' -days 36500 -out ca.crt
for name in server client; do
  key "$name"
  openssl req -new -key "$name.key" -subj "/CN=$name" -addext 'subjectAltName=DNS:localhost' -out "$name.csr"
  openssl x509 -req -in "$name.csr" -CA ca.crt -CAkey ca.key -set_serial "0x$(openssl rand -hex 8)" -days 36500 \
    -copy_extensions copy -out "$name.crt"
done
# Who has the CA's key could make more of them; nobody needs to.
rm -f ./*.csr ca.key
