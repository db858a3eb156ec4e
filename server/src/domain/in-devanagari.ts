// How a word in Latin letters may stand in Devanagari, as a pattern. Long and short vowels are one, as are the letters
// that are typed alike; an h may be left out. A text can be read by it in few ways: what may be left out stands between
// letters that may not, and of neighbours that share letters only the first may be doubled.

/** Each vowel within a word, and at its beginning. */
const VOWELS: Record<string, [within: string, first: string]> = {
  a: ['[अआा्]?', '[अआऑ]'],
  i: ['[िीइई]', '[इई]'],
  u: ['[ुूउऊ]', '[उऊ]'],
  e: ['[ेैॅएऐ]', '[एऐ]'],
  o: ['[ोौॉओऔऑ]', '[ओऔऑ]'],
};
/** The a at the end: long, or the one that is not written, behind which no other vowel stands. */
const LAST_A = '(?:[अआा]|(?![ि-्]))';
/** Of two letters, and how behind another vowel: as one sign. */
const AI = ['(?:[ैऐेए]य?|[इईय]|[अआा][इईएय])', '[ैऐेएइईय]'] as const;
const AU = ['(?:[ौऔउऊव]|[अआा][उऊव])', '[ौऔउऊव]'] as const;
const AO = ['(?:[अआा][वओ]|[ौऔोओ])', '[ौऔोओव]'] as const;
const OU = ['(?:[ौऔउऊवुू]|[अआा][उऊव])', '[ौऔउऊवुू]'] as const;
/** An e that is often not spoken, as in Verma, Rajender, Ahmed and Rathore. */
const SILENT_E = '[ेैए्]?';
/** Between vowels: Pria, Dia. */
const GLIDE = 'य?';
const LONG_A = '[अआा]';

/** What is typed alike: it becomes the same before it is read. */
const ALIKE: [RegExp, string][] = [
  [/e{2,}/g, 'i'],
  [/o{2,}/g, 'u'],
  [/z/g, 'j'],
  [/([tdjs])h/g, '$1'],
  [/chh/g, 'ch'],
  [/([a-z]h?)\1+/g, '$1'],
];
const CONSONANTS: Record<string, string> = {
  k: 'कख',
  q: 'क',
  c: 'कचस',
  ck: 'क',
  kh: 'ख',
  g: 'गघ',
  gh: 'घ',
  ch: 'चछ',
  j: 'जझ',
  t: 'टठतथ',
  d: 'डढदध',
  n: 'नणञङऩंँ',
  m: 'मंँ',
  p: 'प',
  ph: 'फ',
  f: 'फ',
  b: 'बभ',
  bh: 'भ',
  l: 'लळऴ',
  s: 'सशष',
  h: 'हः',
};
const R = '(?:[रऱ]|[डढ]़)';
const V = 'व(?:्ह)?';
const NY = '(?:ज्ञ|द्?न्?य)';
/** Consonants that are more than one of some letters. */
const OTHERS: Record<string, string> = {
  x: 'क्[षशस]',
  gy: '(?:ज्ञ|ग्?य)',
  gn: '(?:ज्ञ|ग्?[नण])',
  jn: '(?:ज्ञ|ज्?[नञ])',
  dny: NY,
  gny: NY,
  jny: NY,
  ngh: '[नङं]्?[घगह]',
  r: R,
  rh: `${R}(?:्?ह)?`,
  ri: `(?:[ृऋ]|${R}[िीइई])`,
  ru: `(?:[ृऋ]|${R}[ुूउऊ])`,
  v: V,
  w: V,
  y: '(?:य|[िीइई])',
};
const SOUNDS =
  /aon|ai|ae|ei|[ae]y(?![aeiou])|au|ao|ou|[ao]w(?![aeiou])|[dgj]ny|gy|gn|jn|ngh|r[iuh]|ck|[cgkpb]h|[a-z]/g;
const VIRAMA = '(?:्[\u200c\u200d]?)?';

export function inDevanagari(word: string): string {
  const plain = ALIKE.reduce((text, [typed, same]) => text.replace(typed, same), word);
  const parts: string[] = [];
  let last = '';
  /** What the consonants before could be, back to the last vowel that stands in any case. */
  let before = '';
  for (const { 0: sound, index } of plain.matchAll(SOUNDS)) {
    const rest = plain.slice(index);
    const isJoined = /^r[iu]$/.test(sound) || /^[aeiou]/.test(rest.slice(sound.length));
    const vowel = vowelOf(sound, rest, last);
    if (vowel !== null) {
      parts.push(vowel);
      if (sound !== 'a') before = '';
    } else {
      parts.push(consonantOf(sound, rest, before), isJoined ? '' : VIRAMA);
      before = CONSONANTS[sound] ?? '';
    }
    last = sound;
  }
  return parts.join('');
}

/** Null of a consonant. `rest` begins with the sound; `last`: the one before. */
function vowelOf(sound: string, rest: string, last: string): string | null {
  if (sound === 'aon') return '[अआा]?(?:ंव|व|ओं)';
  const isAfterVowel = /[aeiou]$/.test(last);
  const two = twoLetters(sound);
  if (two) return two[isAfterVowel ? 1 : 0];
  const vowel = VOWELS[sound];
  if (!vowel) return null;
  if (last === '') return vowel[1];
  if (isAfterVowel) return sound === 'a' ? LONG_A : vowel[0];
  if (rest === 'a') return LAST_A;
  if (/^e(?:r(?![aeiou])|d$)/.test(rest) || (rest === 'e' && /^[rs]$/.test(last))) return SILENT_E;
  return /^i[aeou]/.test(rest) ? vowel[0] + GLIDE : vowel[0];
}

function twoLetters(sound: string): readonly [first: string, behind: string] | null {
  if (sound === 'ao') return AO;
  if (sound === 'ou') return OU;
  if (/^[ao][uw]$/.test(sound)) return AU;
  return /^[ae][eiy]$/.test(sound) ? AI : null;
}

function consonantOf(sound: string, rest: string, before: string): string {
  const letters = CONSONANTS[sound];
  if (letters !== undefined) return `${shares(letters, before) ? '' : `(?:[${letters}]्)?`}[${letters}]़?`;
  // A vowel that is typed so may be still to come.
  if (rest === 'r') return `(?:[ृऋ]|${R})`;
  return `${OTHERS[sound]}${/^ri[aeou]/.test(rest) ? GLIDE : ''}`;
}

export function shares(letters: string, others: string): boolean {
  return [...letters].some((letter) => others.includes(letter));
}
