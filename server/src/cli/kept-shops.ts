// What is said of the shops that a restore has replaced, in a folder and in a cluster alike.

import { type CommandCall, EXIT } from './command.ts';

/** What whoever has replaced a shop is told. `place`: where `name` stands, for people; `name` is null where it is not known. */
export function keptLines(name: string | null, count: number, place = name): string[] {
  if (count < 1) return [];
  if (name === null) return [`kept       ${count} older; remove with: swati migrate drop-old`];
  const more = count > 1 ? ` (and ${count - 1} older)` : '';
  return [
    `kept       ${place}; if all is well, remove it${more} later with: swati migrate drop-old`,
    `           If this was a mistake, stop the shop and go back to it with: swati restore --back-to ${name}`,
  ];
}

export function refuseUnkept({ terminal }: CommandCall, name: string, kept: readonly string[]): number {
  const which = kept.length === 0 ? 'none is' : `there is ${kept.join(', ')}`;
  terminal.err(`swati restore: no shop is kept as ${name}: ${which}. Nothing was changed.`);
  return EXIT.failed;
}
