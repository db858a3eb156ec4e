// A million rows as a file, from the real server: how fast the thread is that makes it, and how much the server's memory
// grows meanwhile. The first export of a server loads the thread's code, so a small one goes before.

import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { signAccessToken } from '../src/http/access-token.ts';
import { aSession, aUser, newId } from '../src/store/contract-suite/builders.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { startBareServer } from './measured-server.ts';
import { memoryMegabytes } from './processes.ts';

const SECRET = 'a-secret-of-the-benchmark-of-32-bytes';
const GOALS = { rowsPerSecond: 150_000, megabytes: 50 };
const LOOK_EVERY_MS = 100;
const TICK_MS = 10;
const WARM_UP = '/api/customers?format=csv';
const FORMATS = ['csv', 'json', 'xlsx'] as const;

/** Prints the table; false when a goal was missed. Nobody else may have the folder open. */
export async function benchExports(dataDir: string, entries: number): Promise<boolean> {
  const token = await newAdmin(dataDir);
  const server = await startBareServer(dataDir, false, { JWT_SECRET_KEY: SECRET });
  const rows: Record<string, number | string>[] = [];
  let met = true;
  try {
    await download(server, WARM_UP, token);
    for (const format of FORMATS) {
      const path = `/api/khata/transactions?format=${format}`;
      const { megabytes, seconds, busyMs, growth } = await download(server, path, token);
      const rate = Math.round((entries / busyMs) * 1000);
      // A rate is promised of CSV alone: the others do more for a row.
      const isMet = growth <= GOALS.megabytes && (format !== 'csv' || rate >= GOALS.rowsPerSecond);
      met &&= isMet;
      rows.push({
        format,
        'rows/s, processor': rate,
        'rows/s, clock': Math.round(entries / seconds),
        MB: Math.round(megabytes),
        'memory grew, MB': Math.round(growth),
        goal: isMet ? 'met' : 'MISSED',
      });
    }
  } finally {
    await server.stop();
  }
  console.log(
    `\nThe ${entries} khata entries as a file: CSV at least ${GOALS.rowsPerSecond} rows for each second of its ` +
      `thread's processor time, memory at most ${GOALS.megabytes} MB more`,
  );
  console.table(rows);
  return met;
}

/** The token of an account of its own, which the clock of today lets in. */
async function newAdmin(dataDir: string): Promise<string> {
  const now = Date.now();
  const store = await openSqliteStore({
    dataDir,
    now,
    onDeath: (error) => {
      throw error;
    },
  });
  try {
    const id = newId();
    const account = aUser({ id, username: `bench-${id}`, email: `${id}@example.com`, role: 'admin' });
    const by = { actor: { kind: 'system', name: 'bench' }, requestId: `bench-${id}`, at: now } as const;
    const { value: user } = await store.users.add(account, by);
    const session = aSession(account, { refreshHash: id, expiresAt: now + 86_400_000 });
    await store.sessions.open(session, { ...by, requestId: `session-${id}` });
    return await signAccessToken(user, session.id, {
      secret: SECRET,
      lifetimeSeconds: 86_400,
      now: () => now,
    });
  } finally {
    await store.close();
  }
}

interface Downloaded {
  megabytes: number;
  seconds: number;
  /** Processor time of the thread that used most. */
  busyMs: number;
  /** Megabytes at the most, above those before. */
  growth: number;
}

/** `busyMs`: of the thread that used most. */
export async function download(
  { port, pid }: { port: number; pid: number },
  path: string,
  token: string,
): Promise<Downloaded> {
  const before = memoryMegabytes(pid)?.now ?? 0;
  const threads = threadTimes(pid);
  let [most, busyMs, bytes] = [before, 0, 0];
  const look = (): void => {
    most = Math.max(most, memoryMegabytes(pid)?.now ?? 0);
    for (const [thread, ms] of threadTimes(pid)) busyMs = Math.max(busyMs, ms - (threads.get(thread) ?? 0));
  };
  const started = performance.now();
  const request = get({ port, host: '127.0.0.1', path, headers: { authorization: `Bearer ${token}` } });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`${path} was answered with ${answer.statusCode}`);
  const watch = setInterval(look, LOOK_EVERY_MS);
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  await once(answer, 'end');
  clearInterval(watch);
  look();
  const seconds = (performance.now() - started) / 1000;
  return { megabytes: bytes / 1e6, seconds, busyMs, growth: most - before };
}

/** Milliseconds of processor time by thread, where the system says it (Linux). */
function threadTimes(pid: number): Map<string, number> {
  const folder = `/proc/${pid}/task`;
  return new Map(
    readdirSync(folder).flatMap((thread): [string, number][] => {
      try {
        const fields = readFileSync(`${folder}/${thread}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        return [[thread, (Number(fields[11]) + Number(fields[12])) * TICK_MS]];
      } catch {
        // It ended between the two.
        return [];
      }
    }),
  );
}
