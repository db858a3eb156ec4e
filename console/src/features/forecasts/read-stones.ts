// Stones written one a line, as people write them or paste them from a list: carat, cut, colour and clarity in any order.

import { latinDigits } from '../../format/figure.ts';
import { CLARITIES, COLORS, CUTS } from './forecast-search.ts';

export interface WrittenStone {
  /** Counted from 1, empty lines too. */
  line: number;
  text: string;
  /** Null: the line does not say these four, each once, and nothing else. */
  stone: { carat: number; cut: string; color: string; clarity: string } | null;
}

export function readStones(text: string): WrittenStone[] {
  return text.split('\n').flatMap((written, index) => {
    const line = written.trim();
    return line === '' ? [] : [{ line: index + 1, text: line, stone: readStone(line) }];
  });
}

function readStone(line: string): WrittenStone['stone'] {
  const words = latinDigits(line)
    .toLowerCase()
    .replace(/very\s+good/, 'very-good')
    .split(/[\s,;·]+/)
    .filter((word) => word !== '' && word !== 'ct');
  const take = <T extends string>(names: readonly T[]): T | undefined => {
    const name = names.find((each) => words.includes(each.toLowerCase().replace(' ', '-')));
    if (name !== undefined) words.splice(words.indexOf(name.toLowerCase().replace(' ', '-')), 1);
    return name;
  };
  const [cut, clarity, color] = [take(CUTS), take(CLARITIES), take(COLORS)];
  const [carat = '', ...others] = words;
  if (cut === undefined || clarity === undefined || color === undefined || others.length > 0) return null;
  const figure = /^(\d+(?:\.\d+)?)(?:ct)?$/.exec(carat)?.[1];
  return figure === undefined || Number(figure) === 0 ? null : { carat: Number(figure), cut, color, clarity };
}
