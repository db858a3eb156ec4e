// The name of an uploaded picture: 32 random hexadecimal digits, the UTC second of the upload, the type's extension.
// Nothing else is ever looked up or stored, so that no name leads out of the folder.

const NAME = /^[0-9a-f]{32}_\d{14}\.(?:png|jpe?g|gif|webp)$/;

export function isImageName(text: string): boolean {
  return NAME.test(text);
}

/** `random`: 32 hexadecimal digits. */
export function imageName(random: string, at: number, extension: string): string {
  return `${random}_${stampOf(at)}.${extension}`;
}

/** Whether a picture of this name was uploaded in a second before that of `at`. */
export function isNamedBefore(name: string, at: number): boolean {
  return name.slice(33, 47) < stampOf(at);
}

/** The name at the end of an address under which a piece shows its picture. */
export function imageNameIn(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1).replace(/[?#].*$/, '');
}

function stampOf(at: number): string {
  return new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
}
