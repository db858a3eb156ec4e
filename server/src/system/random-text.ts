// Unpredictable text, for secrets and for what nobody shall guess.

import { randomFillSync } from 'node:crypto';

/** Drawn many at a time: asking the system for each character took more time than the rest of an order's request. */
const drawn = Buffer.alloc(1024);
let unused = 0;

/** `alphabet`: at most 256 different characters, each as likely as the others. */
export function randomText(length: number, alphabet: string): string {
  // What lies beyond the last whole alphabet is drawn anew: it would make the first characters likelier.
  const usable = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    const byte = nextByte();
    if (byte < usable) text += alphabet[byte % alphabet.length];
  }
  return text;
}

function nextByte(): number {
  if (unused === 0) {
    randomFillSync(drawn);
    unused = drawn.length;
  }
  const byte = drawn.readUInt8(--unused);
  // Used once, and not to be found in the memory later.
  drawn.writeUInt8(0, unused);
  return byte;
}
