// How a word in Devanagari may stand in Latin letters, as a pattern that reads a text in few ways, like the one of
// in-devanagari.ts.

import { shares } from './in-devanagari.ts';

/** Each vowel: what it may begin with, how it is typed, and how beside another one that shares letters with it. */
const VOWELS: [signs: string, letters: string, typed: string, short: string][] = [
  ['अ', 'a', 'a', 'a'],
  ['आा', 'a', 'a{1,2}', 'a'],
  ['इईिी', 'iey', '(?:ee|ea|ii?|y)', '[iey]'],
  ['उऊुू', 'uo', '(?:oo|ou|uu?)', '[uo]'],
  ['एेऎॆ', 'aeiy', '(?:e[iy]?|a[eiy])', 'e'],
  ['ऐै', 'aeiy', '(?:a[eiy]|e[iy]?)', '(?:ai|e)'],
  ['ओोऒॊ', 'o', 'o', 'o'],
  ['औौ', 'auow', '(?:a[uw]|o[uw]?)', '(?:au|o)'],
  ['ऑॉ', 'oa', '(?:oa?|a)', '[oa]'],
  ['ऍॅॲ', 'ae', '[ae]', '[ae]'],
  ['ऋृॠॄ', '', 'r(?:i|u|ee|oo)', 'r[iu]'],
];

/** Each consonant: what it may begin with, how it is typed up to what may be doubled, and its end. */
const CONSONANTS: [signs: string, letters: string, typed: string, end: string][] = [
  ['क', 'ckq', '[ckq]', ''],
  ['ख', 'k', 'k', 'h?'],
  ['ग', 'g', 'g', ''],
  ['घ', 'g', 'g', 'h?'],
  ['चछ', 'c', '(?:ch?)', 'h?'],
  ['जझ', 'jz', '[jz]', 'h?'],
  ['टठतथ', 't', 't', 'h?'],
  ['डढदध', 'd', 'd', 'h?'],
  ['नणञङऩ', 'nm', 'n', ''],
  ['म', 'nm', 'm', ''],
  ['प', 'p', 'p', ''],
  ['फ', 'pf', '(?:ph|f)', ''],
  ['ब', 'b', 'b', ''],
  ['भ', 'b', 'b', 'h?'],
  ['रऱ', 'r', 'r', ''],
  ['लळऴ', 'l', 'l', ''],
  ['व', 'vw', '[vw]', ''],
  ['शषस', 's', 's', 'h?'],
  ['ह', 'h', 'h', ''],
];
/** What is not the sum of its signs, and those of their own kind: what they may begin with, and how they are typed. */
const OTHERS: [RegExp, letters: string, typed: string][] = [
  [/^क्ष/, 'ckqs', '(?:(?:ck|kk?)sh?|x)'],
  [/^ज्ञ/, 'dgjn', '[dgj](?:ny?|y)'],
  [/^व्ह/, 'vw', '[vw]h?'],
  [/^[डढ]़/, 'dr', '[dr]h?'],
  [/^[ंँ]व/, 'vwn', '(?:n?[vw]|on?)'],
  [/^ं/, 'nm', '[nm]g?'],
  [/^ँ/, 'nm', 'n?'],
  [/^ः/, 'h', 'h?'],
  [/^ॐ/, 'om', 'om'],
  [/^हा/, 'h', 'ha{0,2}'],
];
/** One sound after the other. A nukta belongs to its letter. */
const SOUNDS = /क्ष|ज्ञ|व्ह|हा$|[ंँ]व(?![ा-्])|[क-ह]़?|./g;
/** The same letter twice, or with its aspirate: कक, क्ख. */
const DOUBLE = /([क-ह]़?)्(?=\1)|क्(?=ख)|ग्(?=घ)|च्(?=छ)|ज्(?=झ)|ट्(?=ठ)|ड्(?=ढ)|त्(?=थ)|द्(?=ध)|प्(?=फ)|ब्(?=भ)/g;

export function inLatin(word: string): string {
  const plain = word.replace(DOUBLE, '');
  const parts: string[] = [];
  // What was just before could be: consonants since the last vowel that is written, and vowels since the last consonant.
  let consonants = '';
  let vowels = '';
  for (const { 0: sound, index } of plain.matchAll(SOUNDS)) {
    const rest = plain.slice(index + sound.length);
    const vowel = VOWELS.find(([signs]) => signs.includes(sound));
    if (vowel) {
      const [, letters, typed, short] = vowel;
      parts.push(shares(letters, vowels) ? short : typed);
      [vowels, consonants] = [letters, ''];
    } else if (sound.startsWith('य')) {
      parts.push(shares('iey', vowels) && /^[अआाओो]/.test(rest) ? '[iey]?' : '[iey]', unwritten(index, rest));
      [vowels, consonants] = ['iey', ''];
    } else {
      const [letters, typed] = consonantOf(sound, consonants, index > 0 && /^(?![ा-्])/.test(rest));
      // A sign without a sound changes nothing.
      if (letters === '') continue;
      parts.push(typed, /^[क-हऩऱऴ]/.test(sound) ? unwritten(index, rest) : '');
      [vowels, consonants] = ['', letters];
    }
  }
  return parts.join('');
}

/** Its letters, and how it is typed; none for a sign that has no sound. `isBare`: within a word and without a vowel. */
function consonantOf(sound: string, before: string, isBare: boolean): [letters: string, typed: string] {
  const other = OTHERS.find(([signs]) => signs.test(sound));
  if (other) return [other[1], other[2]];
  const known = CONSONANTS.find(([signs]) => signs.includes(sound.charAt(0)));
  if (!known) return ['', ''];
  const [, letters, typed, end] = known;
  const isDouble = !shares(letters, before);
  // Of Rao and Jalgaon.
  if (sound === 'व' && isBare) return ['vwn', isDouble ? '(?:[vw]{1,2}|on?)' : '[vwo]'];
  return [letters, typed + (isDouble ? '{1,2}' : '') + end];
}

/** The vowel of a consonant that has none written: spoken where it is the first of a word, and otherwise perhaps. */
function unwritten(index: number, rest: string): string {
  if (rest === '' || /^[ा-ौॢॣ]/.test(rest)) return '';
  if (rest.startsWith('्')) return rest.startsWith('्र') ? '[ae]?' : 'a?';
  const vowel = /^[क-यर-ह]/.test(rest) && !rest.startsWith('य') ? '[ae]' : 'a';
  return index === 0 ? vowel : `${vowel}?`;
}
