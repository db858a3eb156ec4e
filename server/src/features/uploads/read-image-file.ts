// Takes the one picture out of a multipart form while it streams in. Never more than the limit is kept in memory,
// and a request that is larger than a picture and its form is cut off.

import { createHash } from 'node:crypto';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { invalid, refuse, ShopError } from '../../domain/shop-error.ts';
import { pictureExtension } from './image-type.ts';

export const MAX_FILE_BYTES = 5 * 1024 * 1024;
/** The picture, its form around it and a little more. */
const MAX_REQUEST_BYTES = MAX_FILE_BYTES + 256 * 1024;

const FORM_LIMITS = {
  fileSize: MAX_FILE_BYTES,
  files: 4,
  fields: 20,
  fieldSize: 16 * 1024,
  parts: 24,
  headerPairs: 50,
};

export interface ImageFile {
  bytes: Uint8Array;
  sha256: string;
  /** In lower case, without the dot. */
  extension: string;
}

/** The file of field `image`. Refuses, in the contract's order: missing, without a name, too large, not a picture. */
export async function readImageFile(request: FastifyRequest): Promise<ImageFile> {
  if (!request.isMultipart()) throw missing();
  if (Number(request.headers['content-length'] ?? 0) > MAX_REQUEST_BYTES) throw tooLarge();
  try {
    return await Promise.race([findImage(request), refuseEndless(request)]);
  } catch (error) {
    // The rest of a refused form is read and dropped, so that its sender gets to see the answer.
    request.raw.unpipe();
    request.raw.resume();
    if (error instanceof ShopError) throw error;
    throw refuse('bad_request', { details: 'The form could not be read' });
  }
}

async function findImage(request: FastifyRequest): Promise<ImageFile> {
  let image: ImageFile | null = null;
  for await (const part of request.parts({ limits: FORM_LIMITS })) {
    if (part.type !== 'file') continue;
    if (part.fieldname === 'image' && image === null) image = await readPart(part);
    else part.file.resume();
  }
  if (image === null) throw missing();
  return image;
}

/** Refuses as soon as more than a picture and its form has come in, however it is cut into parts. */
function refuseEndless({ raw }: FastifyRequest): Promise<never> {
  return new Promise((_resolve, reject) => {
    let received = 0;
    raw.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > MAX_REQUEST_BYTES) reject(tooLarge());
    });
  });
}

async function readPart(part: MultipartFile): Promise<ImageFile> {
  const name = part.filename ?? '';
  if (name === '') throw invalid('image', 'required', 'must be a file with a name', 'No file selected');
  part.file.once('limit', () => part.file.destroy(tooLarge()));
  const chunks: Buffer[] = [];
  for await (const chunk of part.file) chunks.push(chunk as Buffer);
  const extension = pictureExtension(name);
  if (extension === null) throw refuse('unsupported_file');
  const bytes = Buffer.concat(chunks);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), extension };
}

function missing(): ShopError {
  return invalid('image', 'required', 'must be a file in the form field image', 'No image file provided');
}

function tooLarge(): ShopError {
  const limit = `must have at most ${MAX_FILE_BYTES} bytes`;
  return invalid('image', 'maxLength', limit, 'File size exceeds maximum limit of 5MB');
}
