// A counter sale is one write, as an order is; it has no number and no later life.

import { khataField } from '../../../domain/checkout.ts';
import { OF_A_SALE } from '../../../domain/khata-texts.ts';
import type { NewSale, RecordedSale, Sale } from '../../../domain/sale.ts';
import { draftSale } from '../../../domain/sale-draft.ts';
import { debitKhata, findBuyer, pieceFinder, takeFromStock } from './checkout.ts';
import { keepPayments, keepSale } from './figures.ts';
import type { Tx } from './tx.ts';

export function addSale(tx: Tx, input: NewSale): RecordedSale {
  const { id } = input;
  const customer = findBuyer(tx, input.customerId, input.lines);
  const { draft, khataPaise } = draftSale(input, customer, tx.by, pieceFinder(tx));
  const sale: Sale = { ...draft, lines: takeFromStock(tx, draft.lines, 'products') };
  tx.add('sales', { shopId: tx.shopId, ...sale });
  keepSale(tx, sale);
  keepPayments(tx, sale.payments);
  const warning = debitKhata(
    tx,
    {
      id: input.khataEntryId,
      customerId: customer.id,
      amountPaise: khataPaise,
      description: OF_A_SALE,
      reference: null,
      field: khataField(input.terms),
    },
    { kind: 'sale', id },
  );
  const { id: _id, createdAt, createdBy, ...fields } = sale;
  tx.record('sale.created', { type: 'sale', id }, null, fields);
  return { sale, warning };
}
