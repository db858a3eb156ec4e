import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import type { KhataExportWire } from '../../../../server/src/contract/khata.ts';
import type { DebtBucketWire } from '../../../../server/src/contract/metrics.ts';
import { formatDate, shopDay } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { formatPhone } from '../../format/phone.ts';
import { PaperHead } from '../../ui/print/paper-head.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useWords } from '../../words/say.ts';
import { DebtAgesOnPaper } from './debt-ages.tsx';
import { entryTitle } from './entry-title.ts';
import { customerWords } from './words/customer-words.ts';

interface StatementPaperProps {
  customer: CustomerWire;
  /** Oldest first. */
  entries: readonly KhataExportWire[];
  from: string | undefined;
  link: string | null;
  /** What is unpaid by age. */
  ages: readonly DebtBucketWire[];
}

/** The ledger on paper: what stood before, every entry, what stands now, and how to pay it. */
export function StatementPaper({ customer, entries, from, link, ages }: StatementPaperProps) {
  const words = useWords(customerWords);
  const [first] = entries;
  const opening = first === undefined ? customer.current_balance : balanceBefore(first);
  const closing = entries.at(-1)?.balance_after ?? customer.current_balance;
  return (
    <>
      <PaperHead>
        <div>
          <b>{words('statementOf', { name: customer.name })}</b>
        </div>
        <div>{formatPhone(customer.phone_e164)}</div>
        <div>
          {from === undefined ? formatDate(shopDay()) : `${formatDate(from)} – ${formatDate(shopDay())}`}
        </div>
      </PaperHead>
      <table>
        <thead>
          <tr>
            <th>{words('date')}</th>
            <th>{words('what')}</th>
            <th className="number">{words('gave')}</th>
            <th className="number">{words('got')}</th>
            <th className="number">{words('after')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td />
            <td>{words('opening')}</td>
            <td />
            <td />
            <td className="number">{formatRupees(opening)}</td>
          </tr>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td className="nowrap">{formatDate(entry.created_at)}</td>
              <td>{entryTitle(entry)}</td>
              <td className="number">
                {entry.transaction_type === 'debit' ? formatRupees(entry.amount) : ''}
              </td>
              <td className="number">
                {entry.transaction_type === 'credit' ? formatRupees(entry.amount) : ''}
              </td>
              <td className="number">{formatRupees(entry.balance_after)}</td>
            </tr>
          ))}
          <tr>
            <td />
            <td>
              <b>{words('closing', { date: formatDate(shopDay()) })}</b>
            </td>
            <td />
            <td />
            <td className="number">
              <b>{formatRupees(closing)}</b>
            </td>
          </tr>
        </tbody>
      </table>
      {closing > 0 ? <DebtAgesOnPaper buckets={ages} /> : null}
      {link === null ? null : (
        <div style={{ marginTop: 16 }}>
          <QrCode text={link} size={110} label={words('payBy', { amount: formatRupees(closing) })} />
          <div>{words('payBy', { amount: formatRupees(closing) })}</div>
        </div>
      )}
    </>
  );
}

/** In paise, since the difference of two amounts in rupees is not exact. */
function balanceBefore({ balance_after: after, amount, transaction_type: type }: KhataExportWire): number {
  const change = type === 'debit' ? amount : -amount;
  return (Math.round(after * 100) - Math.round(change * 100)) / 100;
}
