// Rows as the API answers them, all of them in one document.

export async function* jsonBytes<Row>(
  toWire: (row: Row) => object,
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Buffer> {
  let before = '{"success":true,"data":[';
  for await (const rows of pages) {
    yield Buffer.from(before + rows.map((row) => JSON.stringify(toWire(row))).join(','));
    before = ',';
  }
  yield Buffer.from(before === ',' ? ']}' : `${before}]}`);
}
