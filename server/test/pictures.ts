// Pictures for tests of uploads, made on the spot: sound ones, and ones that lie.

import { crc32 } from 'node:zlib';
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
