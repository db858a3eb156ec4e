// Stands before a shop and can replace the console under the pages that are open, as an update of the shop does: all files
// of the build get other names, and those of before are gone. The built files themselves stay as they are.

import { readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { RunningShop } from './sample-shop.ts';

const ASSETS = fileURLToPath(new URL('../dist/assets/', import.meta.url));
const IN_WORDS = /html|javascript|css|json/;

export interface ReplacedConsole {
  origin: string;
  /** From now on there is the new build alone. The lines of live events break, as they do when a shop stops. */
  replace: () => void;
  close: () => void;
}

/** `index-B6oCOoBI.js` is `index-B6oCOoBI.new.js` in the new build. */
const renamed = (name: string) => name.replace(/\.(\w+)$/, '.new.$1');

export async function replaceableConsole(shop: RunningShop): Promise<ReplacedConsole> {
  const names = readdirSync(ASSETS).filter((name) => !/\.(br|gz)$/.test(name));
  const anyName = new RegExp(names.map((name) => name.replaceAll('.', '\\.')).join('|'), 'g');
  let isNew = false;

  async function answer(asked: IncomingMessage, reply: ServerResponse): Promise<void> {
    const path = asked.url ?? '/';
    const isAsset = path.startsWith('/console/assets/');
    if (isAsset && path.includes('.new.') !== isNew) return void reply.writeHead(404).end();
    const headers = { ...asked.headers, 'accept-encoding': 'identity' };
    const options = { host: '127.0.0.1', port: shop.port, method: asked.method, headers };
    const passed = request({ ...options, path: path.replace('.new.', '.') }, (given) => {
      const isRenamed =
        isNew && path.startsWith('/console') && IN_WORDS.test(given.headers['content-type'] ?? '');
      if (!isRenamed) {
        reply.writeHead(given.statusCode ?? 502, given.headers);
        return void given.pipe(reply);
      }
      const { 'content-length': _, etag: __, 'last-modified': ___, ...rest } = given.headers;
      let text = '';
      given.setEncoding('utf8');
      given.on('data', (chunk: string) => {
        text += chunk;
      });
      given.on('end', () =>
        reply.writeHead(given.statusCode ?? 502, rest).end(text.replace(anyName, renamed)),
      );
    });
    passed.on('error', () => reply.destroy());
    reply.on('close', () => passed.destroy());
    asked.pipe(passed);
  }

  const server = createServer((asked, reply) => void answer(asked, reply));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    replace: () => {
      isNew = true;
      server.closeAllConnections();
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
