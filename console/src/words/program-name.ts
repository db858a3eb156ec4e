import { everydayWords } from './everywhere/everyday-words.ts';
import type { Language } from './language.ts';
import { say } from './say.ts';

/** What the shop does by itself, by the server's names for it; other names are of people, also of an older system's. */
const OF_THE_PROGRAM: readonly string[] = [
  'backup',
  'first start',
  'first models',
  'picture cleaning',
  'reference data',
  'sample shop',
  'scoring',
  'training',
];

/** Who did it, in the console's language, or a paper's, where it was nobody. */
export function programName(by: string, language?: Language): string {
  return OF_THE_PROGRAM.includes(by) ? say(everydayWords, language)('program') : by;
}
