import { type Static, Type } from 'typebox';

export const UploadWire = Type.Object({
  image_url: Type.String({ description: "Relative; what a product's image_url takes" }),
  filename: Type.String(),
});
export type UploadWire = Static<typeof UploadWire>;
