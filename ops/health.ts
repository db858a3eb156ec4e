// `make health`: shows what the running shop says of itself, and exits 1 if it cannot serve.
// The models may still be learning (then /api/health is 503); whether the shop can serve is /ready's answer.

import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { text } from 'node:stream/consumers';
import { ConfigRefused, readConfig } from '../server/src/config.ts';
import { withEnvFile } from '../server/src/serving/env-file.ts';

interface Answer {
  isOk: boolean;
  text: string;
}

/** A server that listens on all addresses is asked on this one. */
const EVERYWHERE: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** The address that the server, which has the same settings, is reached at from this machine. */
function ownAddress(): string {
  const { HOST, PORT, tls } = readConfig(withEnvFile(process.env));
  const host = EVERYWHERE[HOST] ?? HOST;
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${PORT}`;
}

function ask(base: string, path: string): Promise<Answer> {
  const request = base.startsWith('https:') ? requestTls : requestPlain;
  // The certificate is the shop's for its name on the internet, not for this address.
  const options = { rejectUnauthorized: false, signal: AbortSignal.timeout(5000) };
  return new Promise((resolve, reject) => {
    request(base + path, options, (reply) => {
      text(reply).then((body) => resolve({ isOk: reply.statusCode === 200, text: body }), reject);
    })
      .on('error', reject)
      .end();
  });
}

let base = '';
try {
  base = ownAddress();
  const health = await ask(base, '/api/health');
  const ready = await ask(base, '/api/health/ready');
  console.log(JSON.stringify(JSON.parse(health.text), null, 2));
  process.exitCode = ready.isOk ? 0 : 1;
} catch (problem) {
  if (problem instanceof ConfigRefused) for (const line of problem.problems) console.error(line);
  else console.error(`Nothing healthy answers on ${base}: ${problem}`);
  process.exitCode = 1;
}
