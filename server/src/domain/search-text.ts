// What searches compare: lower-case text in one Unicode form, so that a word is found however it was typed. The ड़ of
// कड़ा is one character on some keyboards and two on others.

export function toSearchText(text: string): string {
  return text.normalize('NFC').toLowerCase().normalize('NFC').toWellFormed();
}

/** What to look for in names. The second, where there is one: as earlier programs stored what was typed so. */
export function searchSpellings(search: string): string[] {
  return [...new Set([toSearchText(search), search.toLowerCase()])];
}
