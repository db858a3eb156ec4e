/** Sends what one turn of the event loop brings as one message: a message between processes costs more than its content. */
export class Outbox<T> {
  readonly #send: (items: T[]) => void;
  #gathered: T[] = [];

  constructor(send: (items: T[]) => void) {
    this.#send = send;
  }

  add(item: T): void {
    if (this.#gathered.length === 0) setImmediate(() => this.#flush());
    this.#gathered.push(item);
  }

  #flush(): void {
    const items = this.#gathered;
    this.#gathered = [];
    this.#send(items);
  }
}
