# The shop's server as an image: the console is built, the packages are installed without what only development needs,
# and the program runs as an account without rights on a file system that nobody writes to (but the data folder).
# The tag names the very Node that package.json pins; a test compares the two.

FROM node:26.10.0-trixie-slim AS source
WORKDIR /app
ENV CI=true
# The packages first: a change of the program alone does not install them again.
COPY .npmrc package.json package-lock.json ./
COPY server/package.json server/
COPY console/package.json console/
# The image brings its Node; the one for laptops is taken out again.
RUN npm ci && rm -rf node_modules/node-linux-* node_modules/.bin/node
COPY tsconfig.base.json ./
COPY server/src server/src
COPY server/data server/data
COPY console console
COPY ops ops

FROM source AS build
RUN npm run build
# Only now, so that the build had its tools.
RUN npm prune --omit=dev && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:26.10.0-trixie-slim AS program
WORKDIR /app
ENV APP_ENV=production DATA_DIR=/data BACKUP_DIR=/backup
COPY package.json LICENSE NOTICE ./
COPY server/package.json server/
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/console/dist console/dist
COPY server/src server/src
COPY server/data server/data
COPY ops ops
# Named volumes take over these owners. The warm-up keeps the compiled code, as nobody can write it later.
RUN install -d -o node -g node -m 700 /data /backup && install -d -o node -g node node_modules/.cache
USER node
RUN node ops/warm-up.ts
EXPOSE 5000
HEALTHCHECK --interval=30s --timeout=10s --retries=3 --start-period=40s CMD ["node", "ops/health.ts"]
CMD ["node", "server/src/main.js"]
