import { Link } from '@tanstack/react-router';
import type { KhataEntryWire } from '../../../../server/src/contract/khata.ts';
import { useCan } from '../../api/use-session.ts';
import styles from './customers.module.css';
import { entryTitle } from './entry-title.ts';

/** What an entry is for, in the console's language; where an order or a bill made it, the way there for whom it is open. */
export function EntryName({ entry }: { entry: KhataEntryWire }) {
  const seesOrders = useCan('orders.read');
  const seesBills = useCan('sales.read');
  const { source, reversed_by: reversedBy } = entry;
  const title = entryTitle(entry);
  const gone = reversedBy === null ? '' : styles.gone;
  if (source?.kind === 'order' && seesOrders) {
    return (
      <Link className={`reach ${styles.note} ${gone}`} to="/orders/$orderId" params={{ orderId: source.id }}>
        {title}
      </Link>
    );
  }
  if (source?.kind === 'sale' && seesBills) {
    return (
      <Link className={`reach ${styles.note} ${gone}`} to="/sale/$saleId" params={{ saleId: source.id }}>
        {title}
      </Link>
    );
  }
  return <span className={`${styles.note} ${gone}`}>{title}</span>;
}
