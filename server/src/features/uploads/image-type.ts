// Which kind of picture a file is, by its first bytes. A name or a declared type proves nothing.

export const IMAGE_TYPES = {
  png: { contentType: 'image/png', extensions: ['png'] },
  jpeg: { contentType: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
  gif: { contentType: 'image/gif', extensions: ['gif'] },
  webp: { contentType: 'image/webp', extensions: ['webp'] },
} as const;
export type ImageType = keyof typeof IMAGE_TYPES;

/** The type that the bytes begin as, or null for anything else (SVG and HTML too, which can hold scripts). */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return 'webp';
  return null;
}

/** The extension of a file name in lower case, where it is one of a picture that the shop takes; else null. */
export function pictureExtension(fileName: string): string | null {
  const extension = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const known: readonly string[] = Object.values(IMAGE_TYPES).flatMap((type) => [...type.extensions]);
  return known.includes(extension) ? extension : null;
}

/** The extension that a stored picture gets: the one it came with where that is its type's, else its type's own. */
export function storedExtension(type: ImageType, cameAs: string): string {
  const { extensions } = IMAGE_TYPES[type];
  return extensions.find((extension) => extension === cameAs) ?? extensions[0];
}
