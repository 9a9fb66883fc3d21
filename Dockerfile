# The function as an image: Node, one file, and nothing that a shell or a package manager could use.
#
#   docker build --tag ghcr.io/postern-dev/postern:v0.1.0 .
#
# docs/container.md says how to run it, and how to build it for several platforms.
ARG NODE_IMAGE=node:24-slim

# The bundle is the same on every platform, so it is built on the builder's own.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS bundle
WORKDIR /src
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=npmrc,target=/root/.npmrc \
    npm ci --ignore-scripts --no-audit --no-fund
COPY scripts scripts
COPY src src
RUN npm run --silent build && node scripts/image/bundled-packages.mjs

# What Node needs, taken from the image that has it.
FROM ${NODE_IMAGE} AS root
COPY scripts/image /build/scripts/image
COPY --from=bundle /src/dist/packages.cdx.json /build/dist/packages.cdx.json
RUN node /build/scripts/image/root.mjs /image

FROM scratch AS runtime
COPY --from=root /image/ /
COPY --from=bundle /src/dist/postern.js /src/dist/package.json /usr/local/lib/postern/
COPY LICENSE /usr/share/doc/postern/copyright
ENV PATH=/usr/local/bin
USER 65534:65534
ENTRYPOINT ["/usr/local/bin/node", "/usr/local/lib/postern/postern.js"]

# Last, so that a build without --target makes it.
FROM runtime AS function
ARG REVISION=unknown
LABEL org.opencontainers.image.title="postern" \
      org.opencontainers.image.description="A KRM function that writes the Kubernetes NetworkPolicies your annotations ask for, both ends of every connection, and nothing else." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.url="https://github.com/postern-dev/postern" \
      org.opencontainers.image.source="https://github.com/postern-dev/postern" \
      org.opencontainers.image.documentation="https://github.com/postern-dev/postern/blob/main/docs/container.md"
