// Pictures made here, byte by byte: good ones, and those that an attacker would send.

import { crc32, deflateSync } from 'node:zlib';
import type { Sending } from './client.ts';
import type { Seeded } from './seeded.ts';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

function png(
  width: number,
  height: number,
  bits: number,
  color: number,
  pixels: Buffer,
  extra: Buffer[] = [],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(bits, 8);
  header.writeUInt8(color, 9);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...extra,
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A picture of noise, so that it stays large. */
export function samplePng(width: number, height: number, random: Seeded): Buffer {
  const line = width * 3 + 1;
  const pixels = Buffer.alloc(line * height);
  for (let at = 0; at < pixels.length; at++) pixels[at] = at % line === 0 ? 0 : random.whole(0, 255);
  return png(width, height, 8, 2, pixels);
}

/** A few kilobytes that unpack to `side` x `side` pixels. */
export function pixelBomb(side: number): Buffer {
  return png(side, side, 1, 0, Buffer.alloc((Math.ceil(side / 8) + 1) * side));
}

/** A good picture with a text inside its metadata and another behind its end. */
export function polyglot(payload: string, random: Seeded): Buffer {
  const text = chunk('tEXt', Buffer.from(`Comment\0${payload}`, 'latin1'));
  const whole = samplePng(16, 16, random);
  return Buffer.concat([whole.subarray(0, 33), text, whole.subarray(33), Buffer.from(payload, 'latin1')]);
}

const BOUNDARY = 'proof-boundary-7f3a';

/** A multipart body with one file, and the headers that it needs. */
export function uploadBody(bytes: Buffer, fileName = 'ring.png', type = 'image/png'): [Buffer, Sending] {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="${fileName}"\r\nContent-Type: ${type}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
  return [
    body,
    {
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      timeoutMs: 30_000,
      fresh: true,
    },
  ];
}
