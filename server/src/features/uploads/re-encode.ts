// Makes a new picture of an uploaded one: turned upright, at most 2000 pixels wide or high, without its metadata and
// without anything that was hidden in or behind it. One at a time, so that pictures never take much memory together.

import type { Metadata, Sharp } from 'sharp';
import { refuse, ShopError } from '../../domain/shop-error.ts';
import { type ImageType, imageTypeOf } from './image-type.ts';

const MAX_SIDE = 2000;
/** Of a still picture: what telephones make. */
const MAX_PIXELS = 50_000_000;
/** Of one that is taken apart as a whole and not line by line: then up to 8 bytes a pixel, which stay under 200 MB. */
const MAX_WHOLE_PIXELS = 24_000_000;
/** Of all frames of a moving one together; with more, the first frame stands for it. */
const MAX_MOVING_PIXELS = 12_000_000;
const MAX_FRAMES = 120;
const MAX_WAITING = 8;

let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** The picture anew. Refuses: unsupported_file (no picture, cut off, too many pixels), busy (a long queue). */
export async function reEncode(bytes: Uint8Array): Promise<{ type: ImageType; bytes: Uint8Array }> {
  const type = imageTypeOf(bytes);
  if (type === null) throw unreadable();
  if (waiting >= MAX_WAITING) throw refuse('busy', { retryAfterSeconds: 2 });
  waiting++;
  const turn = last.then(() => encode(bytes, type));
  last = turn.then(
    () => undefined,
    () => undefined,
  );
  try {
    return { type, bytes: await turn };
  } finally {
    waiting--;
  }
}

async function encode(bytes: Uint8Array, type: ImageType): Promise<Uint8Array> {
  // Loaded at the first picture: the library takes memory that a shop without uploads should not pay.
  const { default: sharp } = await import('sharp');
  sharp.concurrency(1);
  sharp.cache(false);
  const options = { limitInputPixels: MAX_PIXELS, sequentialRead: true, failOn: 'error' } as const;
  try {
    const found = await sharp(bytes, { ...options, limitInputPixels: false }).metadata();
    if (found.format !== type) throw unreadable();
    refuseTooLarge(found, type);
    const moves = isMoving(found);
    const opened = moves ? sharp(bytes, { ...options, pages: -1 }) : sharp(bytes, options).autoOrient();
    const smaller = { width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true } as const;
    return await inFormat(opened.resize(smaller), type).timeout({ seconds: 20 }).toBuffer();
  } catch (error) {
    if (error instanceof ShopError) throw error;
    // The library's words name files and codecs; they help nobody here.
    throw unreadable();
  }
}

/** Its name is that of a picture, its bytes are not. */
function unreadable(): ShopError {
  const limit = 'must be a whole picture of the kind that its name says';
  return refuse('unsupported_file', {
    details: 'The file is damaged, or it is no picture of these types',
    fields: [{ field: 'image', rule: 'readable', limit }],
  });
}

function refuseTooLarge({ width, height, isProgressive }: Metadata, type: ImageType): void {
  const isWhole = type === 'gif' || isProgressive;
  const limit = isWhole ? MAX_WHOLE_PIXELS : MAX_PIXELS;
  if (width * height <= limit) return;
  const millions = limit / 1_000_000;
  throw refuse('unsupported_file', {
    details: `The picture has more than ${millions} million pixels`,
    fields: [{ field: 'image', rule: 'pixels', limit: `at most ${millions} million pixels` }],
  });
}

function isMoving({ width, height, pages = 1 }: Metadata): boolean {
  return pages > 1 && pages <= MAX_FRAMES && width * height * pages <= MAX_MOVING_PIXELS;
}

function inFormat(picture: Sharp, type: ImageType): Sharp {
  switch (type) {
    case 'png':
      return picture.png({ compressionLevel: 8 });
    case 'jpeg':
      return picture.jpeg({ quality: 86 });
    case 'gif':
      return picture.gif({ effort: 4 });
    case 'webp':
      return picture.webp({ quality: 86 });
  }
}
