// Pictures for tests of uploads, made on the spot: sound ones, and ones that lie.

import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

export function picture(format: 'png' | 'jpeg' | 'gif' | 'webp', width = 40, height = 30): Promise<Buffer> {
  const background = { r: 200, g: 120, b: 20 };
  return sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer();
}

export function form(
  bytes: Uint8Array | string,
  name = 'ring.png',
  field = 'image',
  type = 'image/png',
): FormData {
  const data = new FormData();
  data.set(field, new File([bytes as Uint8Array<ArrayBuffer>], name, { type }));
  return data;
}

/** A multipart body written by hand, as no well-behaved client would. */
export function rawForm(
  disposition: string,
  content: Buffer,
  type = 'image/png',
): { body: Buffer; type: string } {
  const head = `--X\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n`;
  return {
    body: Buffer.concat([Buffer.from(head, 'latin1'), content, Buffer.from('\r\n--X--\r\n')]),
    type: 'multipart/form-data; boundary=X',
  };
}

// Sound pictures of one colour and many pixels, written as their formats allow: an encoder would take seconds for each.

/** Width and height in eights. */
export function hugePng(width: number, height: number): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('PLTE', Buffer.from([200, 120, 20, 0, 0, 0])),
    pngChunk('IDAT', deflateSync(Buffer.alloc(height * (1 + width / 8)))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Width and height in sixteens: its blocks of 16 by 16 are four equal bytes each but for the first, with the plain codes. */
export async function hugeJpeg(width: number, height: number): Promise<Buffer> {
  const background = { r: 200, g: 120, b: 20 };
  const row = sharp({ create: { width, height: 16, channels: 3, background } });
  const strip = await row.jpeg({ optimiseCoding: false }).toBuffer();
  const middle = strip.length - 100;
  const blocks = (width / 16) * (height / 16 - 1);
  const more = Buffer.alloc(blocks * 4, strip.subarray(middle, middle + 4));
  return claimJpegSize(
    Buffer.concat([strip.subarray(0, middle), more, strip.subarray(middle)]),
    width,
    height,
  );
}

/** The same JPEG, claiming another size. */
function claimJpegSize(jpeg: Buffer, width: number, height: number): Buffer {
  const claiming = Buffer.from(jpeg);
  let at = 2;
  // The frame header is marked C0.
  while (claiming.readUInt8(at + 1) !== 0xc0) at += 2 + claiming.readUInt16BE(at + 2);
  claiming.writeUInt16BE(height, at + 5);
  claiming.writeUInt16BE(width, at + 7);
  return claiming;
}

/** A run of one colour is codes that stand for one pixel more each, until 4,096 are given and all begins anew. */
export function hugeGif(width: number, height: number): Buffer {
  const [clear, end] = [4, 5];
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  const put = (code: number, size: number): void => {
    held |= code << bits;
    for (bits += size; bits >= 8; bits -= 8) {
      bytes.push(held & 255);
      held >>= 8;
    }
  };
  let size = 3;
  for (let left = width * height; left > 0; ) {
    put(clear, size);
    size = 3;
    for (let next = end + 1, run = 1; next < 4096 && left > 0; next++, run++) {
      put(run === 1 || run > left ? 0 : next - 1, size);
      left -= run > left ? 1 : run;
      if (next === 1 << size && size < 12) size++;
    }
  }
  put(end, size);
  put(0, 8);
  const head = Buffer.from('474946383961000000008000000000000000002c00000000000000000002', 'hex');
  for (const at of [6, 24]) {
    head.writeUInt16LE(width, at);
    head.writeUInt16LE(height, at + 2);
  }
  const blocks = Array.from({ length: Math.ceil(bytes.length / 255) }, (_, n) => {
    const block = bytes.slice(n * 255, n * 255 + 255);
    return Buffer.from([block.length, ...block]);
  });
  return Buffer.concat([head, ...blocks, Buffer.from([0, 0x3b])]);
}

/** The same PNG with a text chunk after its header. */
export function insertPngText(png: Buffer, key: string, text: string): Buffer {
  const chunk = pngChunk('tEXt', Buffer.from(`${key}\0${text}`, 'latin1'));
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

/** The same PNG, claiming another size. */
export function insertPngSize(png: Buffer, width: number, height: number): Buffer {
  const header = Buffer.from(png.subarray(16, 29));
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([png.subarray(0, 8), pngChunk('IHDR', header), png.subarray(33)]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
