import { inflateRawSync } from 'node:zlib';
import { check, type Finding, type Stage } from '../check.ts';
import { isDone } from '../drive/client.ts';
import { addProduct, openShop } from '../drive/shop.ts';

const CELLS = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  `=HYPERLINK("http://evil.example","x")`,
  `=cmd|' /C calc'!A0`,
  '＝1+1',
  '＋1',
  '"=1+1',
  `'=1`,
  '=1,"=2"',
  'a\n=1',
  '=1;=2',
];
const LISTS = [
  '/api/customers',
  '/api/products/admin',
  '/api/orders',
  '/api/sales',
  '/api/khata/transactions',
];

/** R31. */
export const hostileCells = check<{ cells: number }>({
  id: 'R31',
  what: 'CSV and XLSX exports of texts that a spreadsheet would run',
  asked: '0 formula cells',
  full: { cells: CELLS.length },
  quick: { size: { cells: 6 }, reduced: '6 texts of 15' },
  control: { defect: 'texts go into CSV as they are', size: { cells: 3 }, red: /starts a formula/ },
  run,
});

async function run(stage: Stage, { cells }: { cells: number }): Promise<Finding> {
  const shop = await openShop(stage);
  const { owner } = shop;
  const problems: string[] = [];
  for (const [index, cell] of CELLS.slice(0, cells).entries()) {
    const phone = `+9190000${String(10_000 + index)}`;
    const customer = await owner.post('/api/customers', { name: cell, phone, email: cell, address: cell });
    const product = await addProduct(owner, { name: cell, description: cell });
    if (!isDone(customer))
      problems.push(`a customer called ${JSON.stringify(cell)} was answered ${customer.status}`);
    const id = (customer.body.data as { id: string }).id;
    await owner.post('/api/orders', {
      customer_id: id,
      items: [{ product_id: product }],
      notes: cell,
      admin_notes: cell,
    });
    await owner.post('/api/sales', {
      customer_id: id,
      products: [{ product_id: product, quantity: 1, price_at_sale: 1 }],
      notes: cell,
    });
    await owner.post('/api/khata/transactions', {
      customer_id: id,
      transaction_type: 'debit',
      amount: 1,
      description: cell,
      reference_number: cell.slice(0, 90),
    });
  }
  let read = 0;
  for (const list of LISTS) {
    const csv = await owner.get(`${list}?format=csv`);
    if (!isDone(csv)) problems.push(`${list} as CSV was answered ${csv.status}`);
    for (const cell of csvCells(csv.text)) {
      read++;
      if (/^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^[-+]?\d+(\.\d+)?$/.test(cell))
        problems.push(`${list} CSV: ${JSON.stringify(cell.slice(0, 40))} starts a formula`);
    }
    const sheet = await sheetOf(owner, `${list}?format=xlsx`);
    if (sheet === null) problems.push(`${list} as XLSX has no sheet`);
    else if (/<f[ >]/.test(sheet)) problems.push(`${list} XLSX has a formula cell`);
    else if (!sheet.includes('1+1')) problems.push(`${list} XLSX does not hold what was entered`);
  }
  await shop.close();
  return {
    reached: `${cells} hostile texts, ${LISTS.length} lists, ${read} CSV cells and ${LISTS.length} sheets, ${problems.length} formulas`,
    work: read,
    floor: cells * 10,
    problems,
  };
}

/** A reader of its own: quotes, doubled quotes, line ends inside of quotes. */
function csvCells(text: string): string[] {
  const cells: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/g;
  for (const [, quoted, plain = ''] of text.replace(/^\uFEFF/, '').matchAll(pattern))
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
  return cells;
}

/** The first sheet of a workbook, out of the local headers of the archive. */
async function sheetOf(
  client: { origin: string; token: string | null },
  path: string,
): Promise<string | null> {
  const response = await fetch(client.origin + path, {
    headers: { authorization: `Bearer ${client.token}` },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0) return null;
  let at = bytes.readUInt32LE(end + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [size, nameLength, extra, comment, local] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
      bytes.readUInt32LE(at + 42),
    ];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if (name === 'xl/worksheets/sheet1.xml') {
      const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      return inflateRawSync(bytes.subarray(from, from + size)).toString('utf8');
    }
    at += 46 + nameLength + extra + comment;
  }
  return null;
}
