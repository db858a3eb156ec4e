// Clients that write to the real program and keep their own notes of what was acknowledged: those are the measure of
// what may not be lost, whatever happens to the server meanwhile.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Caller } from './caller.ts';

interface Shop {
  origin: string;
  token: string;
}

const CLIENTS = 4;
export const PAUSE_MS = 5;

/** Clients that post to one customer, each entry of another amount, and try again once when the line breaks. */
export class Posters {
  readonly acknowledged: number[] = [];
  readonly lost: number[] = [];
  asked = 0;
  broken = 0;
  readonly #done: Promise<unknown>;
  #isOver = false;

  constructor(server: Shop, customer: string) {
    this.#done = Promise.all(Array.from({ length: CLIENTS }, () => this.#post(server, customer)));
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#done;
  }

  async #post(server: Shop, customer: string): Promise<void> {
    const caller = new Caller(server.origin);
    while (!this.#isOver) {
      const amount = ++this.asked;
      const send = async (): Promise<boolean> => {
        const answer = await caller.ask('POST', '/api/khata/transactions', {
          token: server.token,
          body: { customer_id: customer, transaction_type: 'debit', amount },
          headers: { 'idempotency-key': `${customer}-${amount}` },
        });
        assert.equal(answer.status, 201, JSON.stringify(answer.body));
        return true;
      };
      const isDone = await send().catch((error: unknown) => {
        if (error instanceof assert.AssertionError) throw error;
        this.broken++;
        return send().catch(() => false);
      });
      (isDone ? this.acknowledged : this.lost).push(amount);
      // A new worker needs some of the processor, too.
      await sleep(PAUSE_MS);
    }
    caller.hangUp();
  }
}

/** The amounts of a customer's entries, as the statement has them. */
export async function amountsOf(server: Shop, customer: string): Promise<number[]> {
  const path = `/api/customers/${customer}/khata/statement`;
  const { body } = await new Caller(server.origin).ask('GET', path, { token: server.token });
  const [header = '', ...rows] = (body as string).trim().split(/\r?\n/);
  const [kind, amount] = ['Type', 'Amount'].map((name) => header.split(',').indexOf(name));
  const cells = rows.map((row) => row.split(','));
  return cells.filter((row) => row[kind ?? -1] === 'debit').map((row) => Number(row[amount ?? -1]));
}
