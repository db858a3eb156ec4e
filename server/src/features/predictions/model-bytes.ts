// Model files as they are stored and shipped: packed, since the grids of the stones shrink to a fraction.

import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Off this thread, on one of libuv's. Equal files give equal bytes under one version of Node. */
export function packModel(file: Uint8Array): Promise<Uint8Array> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 };
  return compress(file, { params });
}

export function unpackModel(packed: Uint8Array): Promise<Uint8Array> {
  return decompress(packed);
}
