/** A picture as it is kept: made anew from what was uploaded. */
export interface Image {
  name: string;
  contentType: string;
  bytes: Uint8Array;
  sha256: string;
  createdAt: number;
}
