// What one import may hold on a cluster. It is one transaction, and until that is committed the server keeps all of it in
// its cache: beyond a tenth of that it takes the transaction back, with an error that says nothing of the size.

import type { NewProduct } from '../../../domain/product.ts';
import type { ImportedCustomer } from '../../../domain/record-import.ts';
import { invalid } from '../../../domain/shop-error.ts';

/** Measured on mongod 4.4.6: 18,000 fit into the smallest cache there is (256 MB), 24,000 do not. */
const MOST_DOCUMENTS = 12_000;
/** Of customers or pieces as JSON. Measured there: 4,000 pieces of 3.8 MB fit, of 4.6 MB they do not. */
const MOST_BYTES = 3_000_000;
/** A customer, a piece, an entry of the khata: each with its entry of the journal and what that says. */
const DOCUMENTS_EACH = 3;
const WHAT_TO_DO = 'in one import on a replica set: divide the file, or import it before the shop is moved';

/** Prices share one entry of the journal. */
export function refuseTooManyPrices(added: number): void {
  if (added > MOST_DOCUMENTS) {
    throw invalid('rows', 'maxItems', `must be at most ${MOST_DOCUMENTS} new rows ${WHAT_TO_DO}`);
  }
}

export function refuseTooManyRecords(rows: readonly (ImportedCustomer | NewProduct)[]): void {
  const openings = rows.filter((row) => 'opening' in row && row.opening !== null);
  const most = MOST_DOCUMENTS / DOCUMENTS_EACH;
  if (rows.length + openings.length > most) {
    const counted = openings.length > 0 ? ', each opening balance counted as one more,' : '';
    throw invalid('rows', 'maxItems', `must be at most ${most} new rows${counted} ${WHAT_TO_DO}`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(rows));
  if (bytes > MOST_BYTES) {
    const much = `${MOST_BYTES / 1e6} MB of new rows, not ${(bytes / 1e6).toFixed(1)},`;
    throw invalid('rows', 'maxLength', `must be at most ${much} ${WHAT_TO_DO}`);
  }
}
