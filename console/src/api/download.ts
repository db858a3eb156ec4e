// Downloads go by a ticket that works once, so that no token ever stands in an address.

import { type Query, sendData, withQuery } from './client.ts';

export async function download(path: string, query: Query = {}): Promise<void> {
  const { ticket } = await sendData<{ ticket: string }>('POST', '/api/tickets', { body: { path } });
  const link = document.createElement('a');
  link.href = withQuery(path, { ...query, ticket });
  link.download = '';
  link.click();
}
