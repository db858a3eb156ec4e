import { Stack } from '@mantine/core';
import { useWords } from '../../words/say.ts';
import { cashWarnings } from './cash-limit.ts';
import { useCash } from './customer-queries.ts';
import { customerWords } from './words/customer-words.ts';

interface CashWarningProps {
  /** undefined: not known who pays; then only what is about to be taken counts. */
  customerId: string | undefined;
  /** Rupees that are about to be taken in cash. */
  taken: number;
  /** Rupees received in cash for the same bill before. */
  ofBill?: number;
}

/** What the law says of cash that is about to be taken; nothing within it. */
export function CashWarning({ customerId, taken, ofBill = 0 }: CashWarningProps) {
  const words = useWords(customerWords);
  const { today, limit } = useCash(customerId);
  const lines = limit === undefined ? [] : cashWarnings(words, { taken, today, ofBill, limit });
  if (lines.length === 0) return null;
  return (
    <Stack gap={8} className="out" role="status">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Stack>
  );
}
