// Ids are 24 lower-case hexadecimal digits in every store, as carts in browsers and old exports hold them.

const ID = /^[0-9a-f]{24}$/;

/** The id in its stored form, or null when the text is no id. Upper-case hex is accepted on input. */
export function parseId(text: string): string | null {
  const id = text.toLowerCase();
  return ID.test(id) ? id : null;
}
