import assert from 'node:assert/strict';
import { once } from 'node:events';
import { it } from 'node:test';
import { holdSignals } from './obey-signals.ts';

it('a signal that comes before the server is started waits, and is heard once it is', async () => {
  // The runner of the tests listens too, and would end the run.
  const others = process.listeners('SIGTERM');
  process.removeAllListeners('SIGTERM');
  const letThrough = holdSignals();
  process.emit('SIGTERM', 'SIGTERM');
  const heard = once(process, 'SIGTERM');
  letThrough();
  // Listening for a signal does not keep a process alive.
  const alive = setTimeout(() => undefined, 60_000);
  assert.deepEqual(await heard, ['SIGTERM', 15]);
  clearTimeout(alive);
  assert.equal(process.listenerCount('SIGTERM'), 0);
  for (const other of others) process.on('SIGTERM', other);
});

it('without one nothing is let through', () => {
  const before = process.listenerCount('SIGINT');
  holdSignals()();
  assert.equal(process.listenerCount('SIGINT'), before);
});
