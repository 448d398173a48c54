# syntax=docker/dockerfile:1

FROM node:24-bookworm AS build
WORKDIR /vedette
COPY package.json package-lock.json .npmrc ./
COPY packages/conditions/package.json packages/conditions/
COPY apps/status-page/package.json apps/status-page/
COPY apps/monitor/package.json apps/monitor/
COPY apps/monitor/bin apps/monitor/bin
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY packages packages
COPY apps apps
RUN npm run build
# What is left of node_modules is what the program needs; better-sqlite3 stays compiled.
RUN npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production VEDETTE_CONFIG_PATH=/config/config.yaml PORT=8080
WORKDIR /vedette
COPY --from=build /vedette/package.json ./
COPY --from=build /vedette/node_modules node_modules
COPY --from=build /vedette/packages/conditions/package.json packages/conditions/
COPY --from=build /vedette/apps/monitor/package.json apps/monitor/
COPY --from=build /vedette/apps/monitor/bin apps/monitor/bin
COPY --from=build /vedette/apps/monitor/dist apps/monitor/dist
COPY --from=build /vedette/apps/monitor/drizzle apps/monitor/drizzle
COPY --from=build /vedette/apps/status-page/package.json apps/status-page/
COPY --from=build /vedette/apps/status-page/dist apps/status-page/dist
RUN mkdir -p /config /data && chown node:node /data
USER node
VOLUME ["/config", "/data"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s CMD ["apps/monitor/bin/vedette.js", "health"]
ENTRYPOINT ["apps/monitor/bin/vedette.js"]
