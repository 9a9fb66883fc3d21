# The function as an image: Node, one file, and nothing that a shell or a package manager could use.
#
#   docker build --tag ghcr.io/postern-dev/postern:v0.1.0 .
#
# docs/container.md says how to run it, and how to build it for several platforms.
ARG NODE_IMAGE=node:24-slim
ARG GO_IMAGE=golang:1.26

# The bundle is the same on every platform, so it is built on the builder's own.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS bundle
WORKDIR /src
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=npmrc,target=/root/.npmrc \
    npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts scripts
COPY src src
RUN npm run --silent build && node scripts/image/bundled-packages.mjs

# What Node needs, taken from the image that has it.
FROM ${NODE_IMAGE} AS root
COPY scripts/image /build/scripts/image
COPY scripts/program /build/scripts/program
COPY scripts/precompile.mjs /build/scripts/
COPY --from=bundle /src/dist/packages.cdx.json /build/dist/packages.cdx.json
COPY --from=bundle /src/dist/postern.js /src/dist/package.json /image/usr/local/lib/postern/
# What V8 makes of the program is of this very Node, so it is made here.
RUN node /build/scripts/image/root.mjs /image \
 && node /build/scripts/precompile.mjs /image/usr/local/lib/postern/postern.js

FROM scratch AS runtime
COPY --from=root /image/ /
COPY --from=bundle /src/dist/licences /usr/share/doc
COPY LICENSE /usr/share/doc/postern/copyright
ENV PATH=/usr/local/bin
USER 65534:65534
ENTRYPOINT ["/usr/local/bin/node", "/usr/local/lib/postern/postern.js"]

# Programs that are there already: "kustomize" and "helm", in a folder that is given as --build-context programs=FOLDER.
FROM scratch AS programs

# Else they are compiled here.
FROM ${GO_IMAGE} AS argocd-programs
ARG KUSTOMIZE_VERSION=5.8.2
ARG HELM_VERSION=3.22.0
ENV CGO_ENABLED=0 GOBIN=/programs GOFLAGS=-trimpath
RUN --mount=type=bind,from=programs,target=/given mkdir /programs \
 && if [ -f /given/kustomize ] && [ -f /given/helm ]; then cp /given/kustomize /given/helm /programs/; \
    else go install "sigs.k8s.io/kustomize/kustomize/v5@v${KUSTOMIZE_VERSION}" && go install "helm.sh/helm/v3/cmd/helm@v${HELM_VERSION}"; \
    fi

# The sidecar of Argo CD's repo-server: docs/argocd.md says how to build and install it.
FROM runtime AS argocd
COPY --from=argocd-programs /programs/ /usr/local/bin/
COPY --chmod=755 scripts/image/postern /usr/local/bin/
COPY argocd/plugin.yaml /home/argocd/cmp-server/config/plugin.yaml
COPY argocd/plugin-discover.yaml /home/argocd/cmp-server/discover/plugin.yaml
USER 999:999
# Of the repo-server's own image, in a volume that it shares.
ENTRYPOINT ["/var/run/argocd/argocd-cmp-server"]
LABEL org.opencontainers.image.title="postern-argocd" \
      org.opencontainers.image.description="Postern as a config-management plugin of Argo CD, with kustomize and helm." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/postern-dev/postern" \
      org.opencontainers.image.documentation="https://github.com/postern-dev/postern/blob/main/docs/argocd.md"

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
