import { useSettings } from '../features/settings/settings-queries.ts';
import { everydayWords } from '../words/everywhere/everyday-words.ts';
import { useWords } from '../words/say.ts';

/** The shop's own name, where the account may read it. */
export function useShopName(): string {
  const words = useWords(everydayWords);
  return useSettings().data?.shop_name ?? words('shop');
}
