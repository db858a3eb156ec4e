/** The most lines that a report holds: a ruined database would fill a terminal. */
const MAX_LINES = 500;

/** What a check found wrong: one line for people each, naming the row. */
export class Problems {
  readonly #lines: string[] = [];
  #unsaid = 0;

  add(line: string): void {
    if (this.#lines.length < MAX_LINES) this.#lines.push(line);
    else this.#unsaid++;
  }

  /** Runs a check; damage that keeps it from reading is a problem too, and the next check still runs. */
  during(what: string, check: () => void): void {
    try {
      check();
    } catch (error) {
      this.add(`${what} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  lines(): string[] {
    return this.#unsaid === 0 ? [...this.#lines] : [...this.#lines, `and ${this.#unsaid} more`];
  }
}
