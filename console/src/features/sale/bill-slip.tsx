// The slip that the buyer takes along: of a bill that was made, or of an estimate. Narrow enough for a roll of 80 mm.

import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import type { SaleWire } from '../../../../server/src/contract/sale.ts';
import { formatPhone } from '../../format/phone.ts';
import { goldPurity } from '../../format/purity.ts';
import { PaperHead } from '../../ui/print/paper-head.tsx';
import { useFigures } from '../../ui/print/use-figures.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { programName } from '../../words/program-name.ts';
import { useWords } from '../../words/say.ts';
import { METHODS, type Method, type SaleSums } from './sale-sums.ts';
import styles from './slip.module.css';
import type { PricedLine, SaleValues } from './use-sale.ts';
import { saleWords } from './words/sale-words.ts';

interface SlipLine {
  name: string;
  purity: string;
  grams: number | undefined;
  quantity: number;
  each: number;
}

export interface Slip {
  /** null: an estimate, which has none. */
  number: string | null;
  at: string | number;
  /** As the server names them. */
  seller: string | null;
  buyer: string | null;
  phone: string | null;
  lines: readonly SlipLine[];
  total: number;
  discount: number;
  final: number;
  payments: readonly { method: Method | null; amount: number; reference: string | null }[];
  /** What the khata stood at, in rupees, when it was read: a slip that is printed again has another balance than before. */
  khata: { balance: number; at: number } | null;
}

/** A sale has no number of its own; the end of its id is enough to find it by. */
function saleNumber(id: string): string {
  return id.slice(-8).toUpperCase();
}

/** `readAt`: when the customer was read, in milliseconds. Without a customer, or a part on khata, it has no balance. */
export function slipOfSale(sale: SaleWire, customer: CustomerWire | undefined, readAt: number): Slip {
  return {
    number: saleNumber(sale.id),
    at: sale.created_at,
    seller: sale.created_by,
    buyer: sale.customer_name,
    phone: customer?.phone_e164 ?? null,
    lines: sale.products.map((line) => ({
      name: line.product_name,
      purity: goldPurity(line.gold_purity),
      grams: line.weight,
      quantity: line.quantity,
      each: line.price_at_sale,
    })),
    total: sale.total_amount,
    discount: sale.discount,
    final: sale.final_amount,
    payments: sale.payments.map(({ method, amount, reference }) => ({
      method: METHODS.find((each) => each === method) ?? null,
      amount,
      reference,
    })),
    khata:
      sale.khata_entry_id === null || customer === undefined
        ? null
        : { balance: customer.current_balance, at: readAt },
  };
}

export function slipOfEstimate(
  lines: readonly PricedLine[],
  sums: SaleSums,
  values: SaleValues,
  customer: CustomerWire | undefined,
): Slip {
  return {
    number: null,
    at: Date.now(),
    seller: null,
    buyer: values.customer?.name ?? null,
    phone: customer?.phone_e164 ?? null,
    lines: lines.map(({ name, working, quantity, asked }) => ({
      name,
      purity: goldPurity(working?.gold_purity ?? ''),
      grams: working?.net_weight,
      quantity: Number(quantity),
      each: Number(asked),
    })),
    total: sums.totalPaise / 100,
    discount: (sums.totalPaise - sums.finalPaise) / 100,
    final: sums.finalPaise / 100,
    payments: [],
    khata: null,
  };
}

export function BillSlip({ slip }: { slip: Slip }) {
  const words = useWords(saleWords);
  const everyday = useWords(everydayWords);
  const figures = useFigures();
  return (
    <div className={styles.slip}>
      <PaperHead>
        <b>{slip.number === null ? words('estimate') : words('bill')}</b>
        {slip.number === null ? null : <div>{words('number', { number: slip.number })}</div>}
        <div>{figures.dateTime(slip.at)}</div>
      </PaperHead>
      {slip.buyer === null ? null : (
        <p className={styles.buyer}>
          {`${words('to')}: `}
          <b>{slip.buyer}</b>
          {slip.phone === null ? null : <span className="nowrap"> {formatPhone(slip.phone)}</span>}
        </p>
      )}
      <table className={styles.lines}>
        <tbody>
          {slip.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a slip never changes.
            <SlipRow key={index} line={line} />
          ))}
        </tbody>
      </table>
      <Sums slip={slip} />
      {slip.number === null ? (
        <p className={styles.foot}>{words('estimateNote')}</p>
      ) : (
        <>
          <p className={styles.foot}>{everyday('noTaxInvoice')}</p>
          <p className={styles.foot}>{words('thanks')}</p>
        </>
      )}
      {slip.seller === null ? null : (
        <p className={styles.foot}>{words('soldBy', { name: programName(slip.seller, figures.language) })}</p>
      )}
    </div>
  );
}

function SlipRow({ line }: { line: SlipLine }) {
  const { name, purity, grams, quantity, each } = line;
  const figures = useFigures();
  return (
    <tr>
      <td>
        <b>{name}</b>
        <div>
          {purity}
          {grams === undefined ? null : ` · ${figures.grams(grams)}`}
          {quantity === 1 ? null : ` · ${figures.count(quantity)} × ${figures.rupees(each)}`}
        </div>
      </td>
      <td className="number">{figures.rupees((Math.round(each * 100) * quantity) / 100)}</td>
    </tr>
  );
}

function Sums({ slip }: { slip: Slip }) {
  const words = useWords(saleWords);
  const everyday = useWords(everydayWords);
  const { rupees, dateTime } = useFigures();
  return (
    <table className={styles.sums}>
      <tbody>
        {slip.discount === 0 ? null : (
          <>
            <tr>
              <td>{words('total')}</td>
              <td className="number">{rupees(slip.total)}</td>
            </tr>
            <tr>
              <td>{words('discount')}</td>
              <td className="number">{rupees(-slip.discount)}</td>
            </tr>
          </>
        )}
        <tr className={styles.final}>
          <td>{words(slip.number === null ? 'estimateTotal' : 'billTotal')}</td>
          <td className="number">{rupees(slip.final)}</td>
        </tr>
        {slip.payments.map(({ method, amount, reference }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a slip never changes.
          <tr key={index}>
            <td>
              {method === null ? words('payment') : everyday(method)}
              {reference === null ? null : ` ${reference}`}
            </td>
            <td className="number">{rupees(amount)}</td>
          </tr>
        ))}
        {slip.khata === null ? null : (
          <tr>
            <td>{words('khataOn', { at: dateTime(slip.khata.at) })}</td>
            <td className="number">{rupees(slip.khata.balance)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
