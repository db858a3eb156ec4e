// How a cluster fares, as its driver tells of each command that was answered.

import type { CommandSucceededEvent, MongoClient } from 'mongodb';
import type { Metric } from '../../domain/metric.ts';
import { ReadMeter } from '../books/read-meter.ts';
import { makeWriteCells, WriteMeter } from '../books/write-meter.ts';

const READS = new Set(['find', 'aggregate', 'getMore', 'count', 'distinct']);

export class ClusterMeter {
  readonly #reads = new ReadMeter();
  readonly #writes = new WriteMeter(makeWriteCells());
  #lastCommitMs = 0;

  /** The client must have been made with `monitorCommands`. */
  constructor(client: MongoClient) {
    client.on('commandSucceeded', ({ commandName, duration }: CommandSucceededEvent) => {
      if (READS.has(commandName)) this.#reads.note(duration);
      else if (commandName === 'commitTransaction') this.#lastCommitMs = duration;
    });
  }

  /** A group of so many changes was answered; it took the last commit to make it durable. */
  noteGroup(members: number): void {
    this.#writes.note(members, this.#lastCommitMs);
  }

  read(): Metric[] {
    return [...this.#reads.read(), ...this.#writes.read()];
  }
}
