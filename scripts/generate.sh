#!/usr/bin/env bash
# Regenerates everything that is derived from the protos: third_party/, TypeScript codecs and the buf image.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
node scripts/third-party.mjs
buf generate --template buf.gen.yaml
buf generate --template buf.gen.rpc.yaml
# Options are read by packages/rpc alone, and the descriptor's own codec by nobody.
rm -rf packages/contracts/src/gen/exempla/options packages/{contracts,rpc}/src/gen/google/protobuf/descriptor.ts
mkdir -p packages/contracts/image
buf build -o packages/contracts/image/exempla.binpb --exclude-source-info
