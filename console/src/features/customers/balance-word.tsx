import { useWords } from '../../words/say.ts';
import { customerWords } from './words/customer-words.ts';

export function BalanceWord({ balance }: { balance: number }) {
  const words = useWords(customerWords);
  if (balance === 0) return <span className="muted nowrap">{words('isClear')}</span>;
  return (
    <span className={`nowrap ${balance > 0 ? 'out' : 'in'}`}>{words(balance > 0 ? 'oweYou' : 'youOwe')}</span>
  );
}
