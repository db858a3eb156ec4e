/** The name that somebody may have meant who wrote this one; null where none is close. */
export function nearName(written: string, known: readonly string[]): string | null {
  const name = written.toUpperCase();
  const most = name.length < 6 ? 1 : 2;
  const near = known
    .map((candidate) => ({ candidate, steps: distance(name, candidate) }))
    .filter(({ candidate, steps }) => steps <= most || candidate.startsWith(`${name}_`))
    .sort((a, b) => a.steps - b.steps);
  return near[0]?.candidate ?? null;
}

/** How many letters must be put in, left out or changed to come from one to the other. */
function distance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...from].entries()) {
    const steps = [row + 1];
    for (const [column, other] of [...to].entries()) {
      const changed = (above[column] ?? 0) + (letter === other ? 0 : 1);
      steps.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (steps[column] ?? 0) + 1));
    }
    above = steps;
  }
  return above[to.length] ?? 0;
}
