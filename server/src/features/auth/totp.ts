// Codes of authenticator apps (RFC 6238: HMAC-SHA-1, 30 seconds, six digits) and the secrets they are made of.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { stepsAt } from '../../domain/second-factor.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** 160 bits, as long as the hash. */
const SECRET_LENGTH = 32;
const DIGITS = 6;

/** A secret as people type it into an app. */
export function newTotpSecret(randomText: (length: number, alphabet: string) => string): string {
  return randomText(SECRET_LENGTH, BASE32);
}

/** The code of a step (RFC 4226, section 5.3). */
export function totpCode(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The step whose code was typed, of those good at an instant (milliseconds); null when it is none. */
export function matchingStep(secret: string, typed: string, at: number): number | null {
  const bytes = readBase32(secret);
  let found: number | null = null;
  // All are tried, whichever fits: the time tells nothing.
  for (const step of stepsAt(at)) {
    const fits = timingSafeEqual(Buffer.from(totpCode(bytes, step)), Buffer.from(typed));
    if (fits) found ??= step;
  }
  return found;
}

/** Whether a text has the form of a code, once blanks are taken out. */
export function isTotpCode(typed: string): boolean {
  return new RegExp(`^[0-9]{${DIGITS}}$`).test(typed);
}

/** The address that an app reads from the QR code. */
export function totpAddress(secret: string, username: string, shopName: string): string {
  const label = `${encodeURIComponent(shopName)}:${encodeURIComponent(username)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(shopName)}`;
}

/** The bytes of a base32 text (RFC 4648, without padding). */
export function readBase32(text: string): Buffer {
  const bits = [...text].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
