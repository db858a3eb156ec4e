// Downloads go by a ticket that works once, so that no token ever stands in an address.

import { type Query, sendData, withQuery } from './client.ts';

export async function download(path: string, query: Query = {}): Promise<void> {
  const { ticket } = await sendData<{ ticket: string }>('POST', '/api/tickets', { body: { path } });
  const link = document.createElement('a');
  link.href = withQuery(path, { ...query, ticket });
  link.download = '';
  link.click();
}

/** A file made here, such as the table behind a chart. The mark at its head tells spreadsheets that it is UTF-8. */
export function downloadCsv(name: string, rows: readonly (readonly (string | number | null)[])[]): void {
  const text = `\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}

/** A text that a spreadsheet would run as a formula gets an apostrophe in front, as the server's exports do. */
function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
