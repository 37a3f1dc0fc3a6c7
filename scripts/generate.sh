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
buf generate --template buf.gen.test.yaml
rm -rf packages/rpc/test/gen/google packages/rpc/test/gen/exempla/options
# The services' own protos with everything they refer to: for reflection, validation and browsers.
mkdir -p packages/contracts/image
buf build -o packages/contracts/image/exempla.binpb --exclude-source-info --exclude-path packages/rpc/test/proto/exempla \
  --exclude-path packages/rpc/test/proto/grpc
buf build -o packages/rpc/test/gen/probe.binpb --exclude-source-info --path packages/rpc/test/proto/exempla
buf build -o packages/rpc/test/gen/interop.binpb --exclude-source-info --path packages/rpc/test/proto/grpc
