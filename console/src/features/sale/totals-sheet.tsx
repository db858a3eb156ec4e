import { Money } from '../../ui/figures.tsx';
import { AmountInput } from '../../ui/form/amount-input.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import styles from './sale.module.css';
import type { SaleInTheMaking } from './use-sale.ts';
import { saleWords } from './words/sale-words.ts';

/** What it comes to: the pieces and the discount. */
export function TotalsSheet({ sale }: { sale: SaleInTheMaking }) {
  const words = useWords(saleWords);
  const everyday = useWords(everydayWords);
  const { lines, sums, state } = sale;
  const count = lines.reduce((sum, { quantity }) => sum + Number(quantity), 0);
  return (
    <Sheet>
      <div className={styles.sums}>
        <div className={styles.sum}>
          <span>{everyday('pieces', { count })}</span>
          <Money rupees={sums.totalPaise / 100} />
        </div>
        <div className={styles.sum}>
          <label htmlFor="sale-discount">{words('discount')}</label>
          <AmountInput
            id="sale-discount"
            className={styles.field ?? ''}
            placeholder="0.00"
            {...state.form.getInputProps('discount')}
          />
        </div>
      </div>
    </Sheet>
  );
}
