// Random numbers that a seed repeats. Races between processes are not repeated by it; what is sent is.

export interface Seeded {
  /** At least 0 and below 1. */
  next: () => number;
  /** A whole number from `low` to `high`, both included. */
  whole: (low: number, high: number) => number;
  pick: <T>(from: readonly T[]) => T;
  chance: (share: number) => boolean;
  shuffled: <T>(from: readonly T[]) => T[];
  /** Lower-case hexadecimal digits. */
  hex: (length: number) => string;
  /** A generator of its own, for one of several that work at the same time. */
  branch: (name: string | number) => Seeded;
}

export function seeded(seed: string): Seeded {
  let state = hashOf(seed);
  const next = (): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    whole,
    pick: <T>(from: readonly T[]): T => from[whole(0, from.length - 1)] as T,
    chance: (share) => next() < share,
    shuffled: (from) => {
      const copy = [...from];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = whole(0, i);
        [copy[i], copy[j]] = [copy[j] as never, copy[i] as never];
      }
      return copy;
    },
    hex: (length) => Array.from({ length }, () => whole(0, 15).toString(16)).join(''),
    branch: (name) => seeded(`${seed}/${name}`),
  };
}

function hashOf(text: string): number {
  // FNV-1a
  let hash = 0x811c9dc5;
  for (const c of text) hash = Math.imul(hash ^ (c.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
