// Trains one model in a worker thread, as the server does, for the measurement of the event loop beside it.

import { workerData } from 'node:worker_threads';
import { trainGradedModel } from '../src/ml/graded-model.ts';
import { trainMeasuredModel } from '../src/ml/measured-model.ts';
import { readStones } from './reference-data.ts';

const rows = readStones();
if (workerData === 'graded') trainGradedModel(rows, { seed: 1, withBands: true });
else trainMeasuredModel(rows, { seed: 1, withBands: false });
