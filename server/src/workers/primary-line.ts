// A worker's end of the channel to the primary. Without the primary there is no worker: it ends with the channel.

import type { Socket } from 'node:net';
import type { Metric } from '../domain/metric.ts';
import type { MeterReading } from '../http/meters.ts';
import type { WriterElsewhere } from '../store/store.ts';
import { ForwardedWrites } from './forwarded-writes.ts';
import type { ToPrimary, ToWorker } from './messages.ts';

export interface PrimaryLine {
  /** The shop may be opened. */
  opening: Promise<{ setupCode: string | null }>;
  /** This worker is the one that does the upkeep. */
  leading: Promise<void>;
  /** It is to stop. `roll`: another one serves in its place already. */
  stopping: Promise<{ roll: boolean }>;
  /** Changes go to the primary. */
  writes: WriterElsewhere;
  /** Says that this worker serves; from here on connections come. */
  serve: (take: (connection: Socket) => void) => void;
  /** What is answered when the primary asks what this worker has counted. */
  answerMeters: (read: () => Metric[]) => void;
  /** What all processes have counted. */
  readMeters: () => Promise<MeterReading[]>;
  /** Asks to be replaced, and then to be stopped. */
  resign: () => void;
}

export function openPrimaryLine(onOrphaned: () => void): PrimaryLine {
  const send = (message: ToPrimary): void => {
    if (process.connected) process.send?.(message, undefined, {}, ignoreLoss);
  };
  const writes = new ForwardedWrites((changes) => send({ kind: 'changes', changes }));
  const opening = Promise.withResolvers<{ setupCode: string | null }>();
  const leading = Promise.withResolvers<void>();
  const stopping = Promise.withResolvers<{ roll: boolean }>();
  const asked = new Map<number, (readings: MeterReading[]) => void>();
  let questions = 0;
  let readOwn = (): Metric[] => [];
  let take: ((connection: Socket) => void) | null = null;
  process.once('disconnect', onOrphaned);
  if (!process.connected) onOrphaned();
  process.on('message', (message: ToWorker, connection?: Socket) => {
    switch (message.kind) {
      case 'answers':
        return writes.take(message.answers);
      case 'read-meters':
        return send({ kind: 'meters', id: message.id, metrics: readOwn() });
      case 'all-meters':
        asked.get(message.id)?.(message.readings);
        asked.delete(message.id);
        return;
      case 'connection':
        // Said before anything is read: what is not said to be taken may be given to another worker.
        send({ kind: 'taken' });
        // The caller may have gone meanwhile: then there is nothing to take.
        if (connection) take?.(connection);
        return;
      case 'open':
        return opening.resolve(message);
      case 'lead':
        return leading.resolve();
      case 'stop':
        return stopping.resolve(message);
    }
  });
  return {
    opening: opening.promise,
    leading: leading.promise,
    stopping: stopping.promise,
    writes,
    serve: (taker) => {
      take = taker;
      send({ kind: 'ready' });
    },
    answerMeters: (read) => {
      readOwn = read;
    },
    readMeters: () =>
      new Promise((resolve) => {
        const id = questions++;
        asked.set(id, resolve);
        send({ kind: 'ask-meters', id });
      }),
    resign: () => send({ kind: 'resigned' }),
  };
}

/** The channel is closing: `disconnect` follows. */
function ignoreLoss(): void {}
