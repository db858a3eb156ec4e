// A growing list of numbers that is always in ascending order, for quantiles of what has been seen so far.

/** So many new numbers are put into place one by one; more are sorted together with the old ones. */
const MOST_PLACED = 16;

/**
 * Numbers whose quantiles are asked for now and then. They are put into order only when asked: one new number moves
 * memory, many are sorted at once.
 */
export class SortedList {
  /** Ascending up to `sortedLength`, then as they came. */
  private values = new Float64Array(64);
  private sortedLength = 0;
  /** How many numbers are in the list. */
  length = 0;

  /** Adds a finite number; throws a RangeError for NaN or an infinity. */
  insert(value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  /**
   * The quantile at `level` between 0 and 1 with plotting positions i / (n + 1), between neighbours in a straight
   * line; levels outside these positions give the smallest or largest number. The list must not be empty.
   */
  quantile(level: number): number {
    if (this.sortedLength < this.length) this.sort();
    return quantileOfSorted(this.values, level, this.length);
  }

  private sort(): void {
    if (this.length - this.sortedLength > MOST_PLACED) this.values.subarray(0, this.length).sort();
    else for (let at = this.sortedLength; at < this.length; at++) this.place(at);
    this.sortedLength = this.length;
  }

  /** Moves the number at `at` to its place among the sorted ones before it. */
  private place(at: number): void {
    const value = this.values[at]!;
    let low = 0;
    let high = at;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.values[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    this.values.copyWithin(low + 1, low, at);
    this.values[low] = value;
  }
}

/** The same of the first `length` numbers of a list that is already in ascending order. */
export function quantileOfSorted(sorted: ArrayLike<number>, level: number, length = sorted.length): number {
  if (length === 0) throw new RangeError('an empty list has no quantile');
  if (!(level >= 0 && level <= 1)) throw new RangeError(`a level must be between 0 and 1, not ${level}`);
  const position = Math.min(Math.max(level * (length + 1), 1), length);
  const before = Math.floor(position);
  const lower = sorted[before - 1]!;
  const upper = sorted[Math.min(before, length - 1)]!;
  return lower + (position - before) * (upper - lower);
}
