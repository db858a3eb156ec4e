// Pictures of pieces: taken in re-encoded, stored by the store, served to everyone.

import { Data, Done } from '../../contract/envelope.ts';
import { UploadWire } from '../../contract/upload.ts';
import { imageName } from '../../domain/image-name.ts';
import { invalid, refuse } from '../../domain/shop-error.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { IMAGE_TYPES, storedExtension } from './image-type.ts';
import { reEncode } from './re-encode.ts';
import { MAX_FILE_BYTES, readImageFile } from './read-image-file.ts';
import { serveImageRoute } from './serve-image.ts';

const NAME = '0123456789abcdef0123456789abcdef_20260115103000.png';

export function uploadRoutes(shop: Shop): Route[] {
  return [uploadRoute(shop), removeRoute(shop), serveImageRoute(shop)];
}

function uploadRoute(shop: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/uploads/image',
    access: 'catalogue.write',
    tag: 'Uploads',
    summary: 'Upload a picture',
    description:
      'One file: png, jpg, jpeg, gif or webp, at most 5 MiB and 50 million pixels (24 million of a gif, an interlaced ' +
      'png or a progressive jpg). It is stored anew: upright, at most 2000 pixels wide or high, without metadata. ' +
      'For example ' +
      '`curl -H "Authorization: Bearer $TOKEN" -F image=@ring.jpg https://shop.example/api/uploads/image`.',
    upload: {
      field: 'image',
      contentTypes: Object.values(IMAGE_TYPES).map((type) => type.contentType),
      maxBytes: MAX_FILE_BYTES,
    },
    status: 201,
    reply: Data(UploadWire),
    errors: ['invalid_input', 'unsupported_file'],
    example: {
      success: true,
      data: { image_url: `/uploads/products/${NAME}`, filename: NAME },
      message: 'Image uploaded successfully',
    },
    handle: async (call) => {
      const file = await readImageFile(call.request);
      const { type, bytes } = await reEncode(file.bytes);
      call.request.fileHash = file.sha256;
      const { contentType } = IMAGE_TYPES[type];
      const random = shop.randomText(32, '0123456789abcdef');
      const fileName = imageName(random, shop.now(), storedExtension(type, file.extension));
      const image = { name: fileName, contentType, bytes };
      const { name } = call.wrote(await shop.store.images.add(image, call.by));
      return {
        success: true,
        data: { image_url: `/uploads/products/${name}`, filename: name },
        message: 'Image uploaded successfully',
      };
    },
  });
}

function removeRoute({ store }: Shop): Route {
  return route({
    method: 'DELETE',
    path: '/api/uploads/image/:filename',
    access: 'catalogue.write',
    tag: 'Uploads',
    summary: 'Delete a picture',
    reply: Done,
    errors: ['invalid_input', 'image_not_found'],
    example: { success: true, message: 'Image deleted successfully' },
    handle: async ({ params: { filename }, by, wrote }) => {
      if (filename.includes('/') || filename.includes('\\')) throw refuse('image_not_found');
      if (filename.includes('..')) {
        throw invalid('filename', 'pattern', 'must be the filename of an upload', 'Invalid filename');
      }
      wrote(await store.images.remove(filename, by));
      return { success: true, message: 'Image deleted successfully' };
    },
  });
}
