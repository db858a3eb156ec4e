import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useCan } from '../../api/use-session.ts';
import { useWords } from '../../words/say.ts';
import { saleWords } from './words/sale-words.ts';

/** The way from the counter to the bills that were made. */
export function BillsLink() {
  const words = useWords(saleWords);
  return useCan('sales.read') ? (
    <Button variant="subtle" component={Link} to="/sale/bills">
      {words('bills')}
    </Button>
  ) : null;
}
