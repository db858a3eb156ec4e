import { useWords } from '../../words/say.ts';
import { productWords } from './words/product-words.ts';

type Category = keyof typeof productWords.en & string;

/** The shop's word for a category, which is stored in English. */
export function CategoryWord({ category }: { category: string }) {
  const words = useWords(productWords);
  return category in productWords.en ? words(category as Category & 'Ring') : category;
}
