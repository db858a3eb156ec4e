// Phones take pictures of ten megabytes; the shop takes five and keeps at most 2000 pixels. Larger ones are made smaller
// here, before they travel.

const MOST_BYTES = 5 * 1024 * 1024;
const MOST_PIXELS = 2000;
const JPEG_QUALITY = 0.88;

/** The same file when it is small enough, or no picture that this browser can read: the shop then says what is wrong. */
export async function shrinkPicture(file: File): Promise<File> {
  if (file.size <= MOST_BYTES) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return file;
  const scale = Math.min(1, MOST_PIXELS / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const paper = canvas.getContext('2d');
  if (paper) {
    // What can be seen through would be black in a JPEG.
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  }
  picture.close();
  const bytes = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY);
  });
  if (bytes === null) return file;
  const name = `${file.name.replace(/\.[^.]*$/, '')}.jpg`;
  return new File([bytes], name, { type: 'image/jpeg', lastModified: file.lastModified });
}
