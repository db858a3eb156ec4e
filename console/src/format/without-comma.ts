/** A date as it is written here: Marathi sets the year off with a comma, the other languages do not. */
export function withoutComma(date: string): string {
  return date.replace(/,(?= [\d०-९]{4}$)/, '');
}
