import { once } from 'node:events';
import { startThread } from '../../../system/start-thread.ts';
import type { ArchivePage } from '../../backup-store.ts';
import type { ToDump } from './dump-thread.ts';

/** Everything that a backup holds of a database file, of one moment, read on a thread of its own. */
export async function* dumpDatabase(file: string): AsyncGenerator<ArchivePage> {
  const worker = startThread(new URL('./dump-thread.ts', import.meta.url), { workerData: { file } });
  const exited = once(worker, 'exit');
  try {
    for (;;) {
      worker.postMessage('next' satisfies ToDump);
      const [page] = (await once(worker, 'message')) as [ArchivePage | null];
      if (page === null) return;
      yield page;
    }
  } finally {
    worker.postMessage('stop' satisfies ToDump);
    await exited;
  }
}
