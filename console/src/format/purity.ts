const CARATS: Record<string, string> = { 999: '24K', 995: '24K', 916: '22K', 750: '18K', 585: '14K' };

/** `22K 916`: gold as it is stamped and said, in every language. */
export function goldPurity(purity: string): string {
  const carats = CARATS[purity];
  return carats === undefined ? purity : `${carats} ${purity}`;
}
