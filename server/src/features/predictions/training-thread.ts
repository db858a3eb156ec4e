// The thread of a training: gets rows, posts trained models. It holds no connection and ends by itself, which gives its
// memory back.

import { parentPort, workerData } from 'node:worker_threads';
import { type FromThread, runTask, type TrainingTask } from './training-task.ts';

const post = (message: FromThread): void => parentPort?.postMessage(message);
await runTask(workerData as TrainingTask, post);
