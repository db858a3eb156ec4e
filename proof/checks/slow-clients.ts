import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { openShop } from '../drive/shop.ts';

const CLOSED_WITHIN_MS = 15_000;
const DRIP_MS = 1500;

/** R18: headers that never end, bodies that come a letter at a time, connections that say nothing. */
export const slowClients = check<{ clients: number }>({
  id: 'R18',
  what: '1,200 slow clients: dripping headers, dripping bodies, silence',
  asked: 'all closed <= 15 s',
  full: { clients: 1200 },
  quick: 'half a minute with its control, most of it waiting',
  control: { defect: 'slow clients have all the time', size: { clients: 30 }, red: /still open/ },
  run,
});

async function run(stage: Stage, { clients }: { clients: number }): Promise<Finding> {
  const shop = await openShop(stage);
  const port = Number(new URL(shop.owner.origin).port);
  const open = new Set<Socket>();
  const kinds = [dripHeaders, dripBody, silent];
  const from = performance.now();
  let last = 0;
  for (let index = 0; index < clients; index++) {
    const socket = connect(port, '127.0.0.1');
    open.add(socket);
    socket.on('error', () => undefined);
    // Read, so that the end of the other side is noticed.
    socket.resume();
    socket.on('close', () => {
      open.delete(socket);
      last = performance.now() - from;
    });
    (kinds[index % kinds.length] as (socket: Socket) => void)(socket);
  }
  const problems: string[] = [];
  let served = 0;
  while (open.size > 0 && performance.now() - from < CLOSED_WITHIN_MS) {
    const answer = await shop.owner.get('/api/products', { timeoutMs: 3000 });
    if (answer.status === 200) served++;
    else problems.push(`beside them a customer was answered ${answer.status} ${answer.why}`);
    await sleep(200);
  }
  if (open.size > 0) problems.push(`${open.size} slow clients are still open after 15 s`);
  for (const socket of open) socket.destroy();
  await shop.close();
  const reached = `${clients} closed within ${Math.round(last / 100) / 10} s, ${served} answers to others meanwhile`;
  return { reached, work: served, floor: 5, problems };
}

function drip(socket: Socket, text: string): void {
  const timer = setInterval(() => {
    if (socket.writable) socket.write(text);
  }, DRIP_MS);
  socket.on('close', () => clearInterval(timer));
}

function dripHeaders(socket: Socket): void {
  socket.write('GET /api/products HTTP/1.1\r\nHost: shop\r\n');
  drip(socket, 'X-Slow: 1\r\n');
}

function dripBody(socket: Socket): void {
  socket.write(
    'POST /api/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{',
  );
  drip(socket, ' ');
}

/** Says nothing at all. */
function silent(socket: Socket): void {
  socket.setKeepAlive(true);
}
