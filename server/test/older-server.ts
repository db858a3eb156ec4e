// Something that answers like a MongoDB server of an older version: enough of the wire for a driver to be told so.

import { createServer, type Socket } from 'node:net';
import { BSON } from 'mongodb';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_BYTES = 16;

export interface OlderServer {
  uri: string;
  stop: () => Promise<void>;
}

/** `wireVersion`: 8 is that of 4.2, 9 that of 4.4. */
export async function startOlderServer(version: string, wireVersion: number): Promise<OlderServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let waiting = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (part: Buffer) => {
      waiting = Buffer.concat([waiting, part]);
      while (waiting.length >= HEADER_BYTES && waiting.length >= waiting.readInt32LE(0)) {
        const length = waiting.readInt32LE(0);
        socket.write(answerTo(waiting.subarray(0, length), { version, wireVersion, port }));
        waiting = waiting.subarray(length);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    uri: `mongodb://127.0.0.1:${port}/?replicaSet=older`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerTo(message: Buffer, facts: { version: string; wireVersion: number; port: number }): Buffer {
  const me = `127.0.0.1:${facts.port}`;
  const document = BSON.serialize({
    ...{
      ok: 1,
      version: facts.version,
      ismaster: true,
      isWritablePrimary: true,
      setName: 'older',
      setVersion: 1,
    },
    ...{ hosts: [me], me, primary: me, minWireVersion: 0, maxWireVersion: facts.wireVersion },
    ...{ maxBsonObjectSize: 16_777_216, maxMessageSizeBytes: 48_000_000, maxWriteBatchSize: 100_000 },
    ...{ logicalSessionTimeoutMinutes: 30, localTime: new Date(), helloOk: true },
  });
  const isQuery = message.readInt32LE(12) === OP_QUERY;
  // A reply to a query has 20 bytes of its own before the document, a message 5.
  const head = Buffer.alloc(HEADER_BYTES + (isQuery ? 20 : 5));
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(message.readInt32LE(4), 8);
  head.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  if (isQuery) head.writeInt32LE(1, HEADER_BYTES + 16);
  return Buffer.concat([head, document]);
}
