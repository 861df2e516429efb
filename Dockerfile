# Linewatch in a container, for a PostgreSQL of yours (DATABASE_URL) behind a proxy of yours (PROXY_SECRET):
# docs/scaling.md. Build it with `docker build -t linewatch .`; `npm run check-image` runs these same lines, as the user
# whom they name, in a clean directory, where no container engine is.

# Debian, not Alpine: Node's packages and PostgreSQL's programs that come with npm are built for glibc.
FROM node:24-bookworm-slim AS build
WORKDIR /app
# The packages first: they change seldom, and this layer with them.
COPY package.json package-lock.json .npmrc ./
# Not `npm ci`: the lock file names packages of other platforms. No install script is needed.
RUN npm install --no-save --ignore-scripts --include=dev --include=optional
COPY . .
RUN node scripts/set-up.mjs start
# What only builds and tests need stays behind; so does the Node that comes from npm, as the image has one.
RUN npm prune --omit=dev --ignore-scripts --no-save && rm -rf node_modules/node-* node_modules/.bin/node .next/cache

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 FEED=none DATA_DIR=/var/lib/linewatch
COPY --from=build --chown=root:root /app /app
# Large bodies wait here for their commit; without DATABASE_URL also the database. Give it a volume then.
RUN mkdir -p /var/lib/linewatch && chown node:node /var/lib/linewatch
VOLUME /var/lib/linewatch
USER node
EXPOSE 3000
# Lives. Whether it is ready, database included, says /readyz, which takes the secret.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself and not npm, so that it hears SIGTERM and drains: give it 20 s before SIGKILL.
STOPSIGNAL SIGTERM
CMD ["node", "server/index.ts"]
