// What one screen asks at once goes to the cluster as one aggregation: a branch a question, each of which has its own
// collection and its own index. The reads stay small functions that ask for one thing each, and so does the store's
// interface; whoever asks does not see the others.

import type { Db } from 'mongodb';
import type { Document } from '../codec.ts';
import type { CollectionName } from '../rows.ts';

/** The server goes through the branches one inside the other: so many are far from the end of its stack. */
const MOST_TOGETHER = 40;

interface Question {
  collection: CollectionName;
  pipeline: readonly Document[];
  answer: (rows: Document[]) => void;
  fail: (error: unknown) => void;
}

/** A row, and which question it answers. */
interface Tagged {
  question: number;
  row: Document;
}

export class Questions {
  readonly #db: Db;
  #waiting: Question[] = [];

  constructor(db: Db) {
    this.#db = db;
  }

  /** The rows of a pipeline, in its order. It is asked with all others that are asked before the program waits. */
  ask<T extends object = Document>(collection: CollectionName, pipeline: readonly Document[]): Promise<T[]> {
    return new Promise((resolve, reject) => {
      // A tick comes after all promises that are settled already, so what these ask for comes along.
      if (this.#waiting.length === 0) process.nextTick(() => this.#askAll());
      this.#waiting.push({ collection, pipeline, answer: resolve as Question['answer'], fail: reject });
    });
  }

  #askAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let first = 0; first < waiting.length; first += MOST_TOGETHER) {
      const together = waiting.slice(first, first + MOST_TOGETHER);
      this.#askTogether(together).catch((error: unknown) => {
        for (const { fail } of together) fail(error);
      });
    }
  }

  async #askTogether(questions: readonly Question[]): Promise<void> {
    const [first, ...others] = questions.map(({ collection, pipeline }, question) => ({
      coll: collection,
      // A row as a whole: nobody needs to know what fields the others have.
      pipeline: [...pipeline, { $project: { _id: 0, question: { $literal: question }, row: '$$ROOT' } }],
    }));
    if (!first) return;
    const unions = others.map((branch) => ({ $unionWith: branch }));
    const found = await this.#db
      .collection(first.coll)
      .aggregate<Tagged>([...first.pipeline, ...unions])
      .toArray();
    const answers = questions.map((): Document[] => []);
    for (const { question, row } of found) answers[question]?.push(row);
    for (const [place, { answer }] of questions.entries()) answer(answers[place] ?? []);
  }
}
