// The long check of the books, on a thread of its own with a connection of its own: the shop goes on meanwhile.

import type { VerifyReport } from '../../domain/journal.ts';
import { startThread } from '../../system/start-thread.ts';

/** Rejects only when the thread itself fails; whatever is wrong with the database stands in the report. */
export function verifyDatabase(file: string, shopId: string): Promise<VerifyReport> {
  return new Promise((resolve, reject) => {
    const worker = startThread(new URL('./verify-thread.ts', import.meta.url), {
      workerData: { file, shopId },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the verifying thread ended without a report')));
  });
}
