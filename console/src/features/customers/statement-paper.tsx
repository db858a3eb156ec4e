import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import type { KhataExportWire } from '../../../../server/src/contract/khata.ts';
import type { DebtBucketWire } from '../../../../server/src/contract/metrics.ts';
import { shopDay } from '../../format/date.ts';
import { formatPhone } from '../../format/phone.ts';
import { useShopName } from '../../frame/use-shop-name.ts';
import { PaperFoot } from '../../ui/print/paper-foot.tsx';
import { PaperHead } from '../../ui/print/paper-head.tsx';
import { useFigures } from '../../ui/print/use-figures.ts';
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

/** The ledger on paper: what stood before, every entry, what stands now, and how to pay it. The customer reads it, so
 * nothing on it is told from the shop's side: "you gave" would say the opposite. */
export function StatementPaper({ customer, entries, from, link, ages }: StatementPaperProps) {
  const words = useWords(customerWords);
  const { language, date, rupees } = useFigures();
  const shop = useShopName();
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
        <div>{from === undefined ? date(shopDay()) : `${date(from)} – ${date(shopDay())}`}</div>
      </PaperHead>
      <PaperFoot text={`${shop} · ${words('statementOf', { name: customer.name })}`} />
      <table>
        <thead>
          <tr>
            <th>{words('date')}</th>
            <th>{words('what')}</th>
            <th className="number">{words('onKhata')}</th>
            <th className="number">{words('paidIn')}</th>
            <th className="number">{words('after')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td />
            <td>{words('opening')}</td>
            <td />
            <td />
            <td className="number">{rupees(opening)}</td>
          </tr>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td className="nowrap">{date(entry.created_at)}</td>
              <td>{entryTitle(entry, language)}</td>
              <td className="number">{entry.transaction_type === 'debit' ? rupees(entry.amount) : ''}</td>
              <td className="number">{entry.transaction_type === 'credit' ? rupees(entry.amount) : ''}</td>
              <td className="number">{rupees(entry.balance_after)}</td>
            </tr>
          ))}
          <tr className="sum">
            <td />
            <td>
              <b>{words(closingWord(closing), { date: date(shopDay()) })}</b>
            </td>
            <td />
            <td />
            <td className="number">
              <b>{rupees(closing)}</b>
            </td>
          </tr>
        </tbody>
      </table>
      {closing > 0 ? <DebtAgesOnPaper buckets={ages} /> : null}
      {link === null ? null : (
        <div className="together" style={{ marginTop: 16 }}>
          <QrCode text={link} size={110} label={words('payBy', { amount: rupees(closing) })} />
          <div>{words('payBy', { amount: rupees(closing) })}</div>
        </div>
      )}
    </>
  );
}

/** A minus alone would not tell the customer that it is theirs. */
function closingWord(closing: number): 'closing' | 'closingDue' | 'closingCredit' {
  if (closing === 0) return 'closing';
  return closing > 0 ? 'closingDue' : 'closingCredit';
}

/** In paise, since the difference of two amounts in rupees is not exact. */
function balanceBefore({ balance_after: after, amount, transaction_type: type }: KhataExportWire): number {
  const change = type === 'debit' ? amount : -amount;
  return (Math.round(after * 100) - Math.round(change * 100)) / 100;
}
