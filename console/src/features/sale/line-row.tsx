import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { PieceWorkingWire } from '../../../../server/src/contract/product.ts';
import { formatRupees } from '../../format/money.ts';
import { decimals } from '../../format/number.ts';
import { goldPurity } from '../../format/purity.ts';
import { Money } from '../../ui/figures.tsx';
import { AmountInput } from '../../ui/form/amount-input.tsx';
import { CountInput } from '../../ui/form/rupees-input.tsx';
import { useWords } from '../../words/say.ts';
import { useProduct } from '../products/product-queries.ts';
import styles from './pieces.module.css';
import { type Typed, toPaise } from './sale-sums.ts';
import type { PricedLine, SaleInTheMaking } from './use-sale.ts';
import { saleWords } from './words/sale-words.ts';

interface LineRowProps {
  sale: SaleInTheMaking;
  line: PricedLine;
  index: number;
}

/** One line: the working of the price at today's rate, how many, and for how much each. */
export function LineRow({ sale, line, index }: LineRowProps) {
  const words = useWords(saleWords);
  const { name, quantity, asked, price, working } = line;
  const { errors } = sale.state.form;
  const today = working?.current_price;
  const isOwn = price !== null && today !== undefined && toPaise(price) !== toPaise(today);
  return (
    <li className={styles.line}>
      <div className={styles.piece}>
        <b>{name}</b>
        <span className={styles.small}>{working === undefined ? '' : goldPurity(working.gold_purity)}</span>
        {errors[`lines.${index}.quantity`] ? null : <Shortage sale={sale} id={line.id} />}
      </div>
      {working === undefined ? <span className={styles.working} /> : <Working working={working} />}
      <CountInput
        className={styles.quantity ?? ''}
        wrapperProps={{ 'data-name': words('quantity') }}
        aria-label={words('quantityOf', { name })}
        data-path={`lines.${index}.quantity`}
        value={quantity}
        onChange={(value) => sale.changeLine(index, { quantity: value as Typed })}
        error={errors[`lines.${index}.quantity`]}
        clampBehavior="blur"
        max={10_000}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={styles.price} data-name={words('each')}>
        <AmountInput
          aria-label={words('priceOf', { name })}
          data-path={`lines.${index}.price`}
          leftSectionWidth={24}
          value={asked}
          onChange={(value) => {
            // The field tells of its own formatting too; only what a person typed makes a price of its own.
            if (toPaise(value as Typed) !== toPaise(asked) || value === '') {
              sale.changeLine(index, { price: value as Typed });
            }
          }}
          error={errors[`lines.${index}.price`]}
        />
        {isOwn ? (
          <button
            type="button"
            className={styles.today}
            aria-label={words('useToday', { name, amount: formatRupees(today) })}
            onClick={() => sale.changeLine(index, { price: null })}
          >
            {words('today', { amount: formatRupees(today) })}
          </button>
        ) : null}
      </div>
      <b className={styles.amount}>
        <Money rupees={(Number(quantity) * toPaise(asked)) / 100} />
      </b>
      <ActionIcon
        className={styles.remove ?? ''}
        variant="subtle"
        color="gray"
        aria-label={words('removePiece', { name })}
        onClick={() => sale.removeLine(index)}
      >
        <IconX size={16} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}

function Working({ working }: { working: PieceWorkingWire }) {
  const words = useWords(saleWords);
  const part = (name: PieceWorkingWire['lines'][number]['part']) =>
    working.lines.find((line) => line.part === name)?.amount ?? 0;
  const { rate, net_weight: weight } = working;
  return (
    <div className={styles.working}>
      <span className={styles.cell} data-name={words('netWeight')}>
        {decimals(weight, 3)}
        {rate === null ? null : (
          <span className={styles.small}>× {formatRupees(rateAtPurity(working), { paise: false })}</span>
        )}
      </span>
      <span className={styles.cell} data-name={words('metal')}>
        {rate === null ? words('listPrice') : formatRupees(part('metal'))}
      </span>
      <span className={styles.cell} data-name={words('making')}>
        {formatRupees(part('making'))}
        {part('stones') === 0 ? null : (
          <span className={styles.small}>{words('stones', { amount: formatRupees(part('stones')) })}</span>
        )}
      </span>
    </div>
  );
}

/** The rate that the metal comes to in the piece's own purity, rupees a gram. */
function rateAtPurity({ rate, gold_purity: purity }: PieceWorkingWire): number {
  return rate === null ? 0 : (rate.price_per_gram * Number(purity)) / Number(rate.purity);
}

/** Fewer are in the shop than this sale takes, maybe since another counter sold one. It warns: what is made may follow. */
function Shortage({ sale, id }: { sale: SaleInTheMaking; id: string }) {
  const words = useWords(saleWords);
  const count = useProduct(id).data?.stock_quantity;
  const taken = sale.lines.reduce((sum, line) => sum + (line.id === id ? Number(line.quantity) : 0), 0);
  if (count === undefined || taken <= count) return null;
  return (
    <span className={`${styles.shortage} out`} role="status">
      {count === 0 ? words('soldOut') : words('inStock', { count })}
    </span>
  );
}
