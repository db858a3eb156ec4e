// The thread of a training: gets rows, posts trained models. It holds no connection and ends by itself, which gives its
// memory back.

import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { type FromThread, runTask, type TrainingTask } from './training-task.ts';

/** Behind everybody who waits for an answer. */
const LAST_IN_LINE = 19;
// On Linux this is the priority of this thread alone; elsewhere it would be that of the whole server.
if (process.platform === 'linux') setPriority(LAST_IN_LINE);

const post = (message: FromThread): void => parentPort?.postMessage(message);
await runTask(workerData as TrainingTask, post);
