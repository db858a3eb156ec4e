// The ids of requests, by which their lines in the log, their entries in the journal and their answers are told apart.

import { randomUUID } from 'node:crypto';

const PER_UUID = 0x10000;
const DIGITS = 4;
const PAIRS = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));

let first = '';
let next = PER_UUID;

/** A UUID. Its last four digits count: what is random of it is drawn once for so many requests. */
export function newRequestId(): string {
  if (next === PER_UUID) {
    first = randomUUID().slice(0, -DIGITS);
    next = 0;
  }
  const id = first + PAIRS[next >> 8] + PAIRS[next & 0xff];
  next++;
  return id;
}
