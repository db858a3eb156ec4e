// Five steps that open a shop. Each ticks itself off by what is recorded; once all are done, the list is gone.

import { Progress } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { getReply } from '../../api/client.ts';
import { PLACES, type Place } from '../../frame/places.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { useWords } from '../../words/say.ts';
import { useBoardRate } from '../prices/price-queries.ts';
import { useSettings } from '../settings/settings-queries.ts';
import styles from './first-steps.module.css';
import { todayWords } from './words/today-words.ts';

interface Step {
  word: 'stepShop' | 'stepRate' | 'stepPiece' | 'stepCustomer' | 'stepOrder';
  place: Place['word'];
  isDone: boolean;
}

/** Whether a list has anything in it; the key lets the live events of its noun ask again. */
function useHasAny(first: string, path: string): boolean | undefined {
  const { data } = useQuery({
    queryKey: [first, 'any', path],
    queryFn: ({ signal }) => getReply<{ pagination: { total: number } }>(path, { per_page: 1 }, signal),
  });
  return data === undefined ? undefined : data.pagination.total > 0;
}

function useSteps(): Step[] | undefined {
  const { data: settings } = useSettings();
  const { data: rate } = useBoardRate();
  const pieces = useHasAny('products', '/api/products/admin');
  const customers = useHasAny('customers', '/api/customers');
  const orders = useHasAny('orders', '/api/orders');
  const sales = useHasAny('sales', '/api/sales');
  const known = [settings, rate, pieces, customers, orders, sales].every((each) => each !== undefined);
  if (!known) return undefined;
  return [
    { word: 'stepShop', place: 'settings', isDone: (settings?.shop_address ?? '') !== '' },
    { word: 'stepRate', place: 'prices', isDone: rate !== null },
    { word: 'stepPiece', place: 'products', isDone: pieces === true },
    { word: 'stepCustomer', place: 'customers', isDone: customers === true },
    { word: 'stepOrder', place: 'orders', isDone: orders === true || sales === true },
  ];
}

export function FirstSteps() {
  const words = useWords(todayWords);
  const steps = useSteps();
  if (steps === undefined || steps.every(({ isDone }) => isDone)) return null;
  const done = steps.filter(({ isDone }) => isDone).length;
  const note = words('stepsDone', { done, count: steps.length });
  return (
    <Sheet title={words('firstSteps')} note={note} className={styles.sheet}>
      <Progress value={(done / steps.length) * 100} size={4} radius={0} aria-label={note} />
      <ol className={styles.steps}>
        {steps.map((step) => (
          <StepLine key={step.word} step={step} />
        ))}
      </ol>
    </Sheet>
  );
}

function StepLine({ step: { word, place, isDone } }: { step: Step }) {
  const words = useWords(todayWords);
  const to = PLACES.find((each) => each.word === place)?.to;
  return (
    <li className={isDone ? styles.done : undefined}>
      {isDone ? (
        <IconCircleCheck size={20} role="img" aria-label={words('done')} />
      ) : (
        <IconCircle size={20} stroke={1.5} aria-hidden="true" />
      )}
      {isDone || to === undefined ? words(word) : <Link to={to}>{words(word)}</Link>}
    </li>
  );
}
