// What people type and paste where a figure belongs: digits of this alphabet or of Devanagari, grouped as India does.

const DEVANAGARI_ZERO = 0x0966;
const DEVANAGARI_DIGITS = /[०-९]/g;
/** `12,34,567.80`: all groups whole, the last of three digits. */
const GROUPED = /^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?$/;
const PLAIN = /^\d*(?:\.\d*)?$/;

/** Its Devanagari digits in this alphabet; one for one, so that a cursor keeps its place. */
export function latinDigits(text: string): string {
  return text.replace(DEVANAGARI_DIGITS, (digit) => String(digit.charCodeAt(0) - DEVANAGARI_ZERO));
}

/** The same the other way round. */
export function devanagariDigits(text: string): string {
  return text.replace(/\d/g, (digit) => String.fromCharCode(DEVANAGARI_ZERO + Number(digit)));
}

/** `₹ ९,३०,४५१.२०/-` as `930451.20`; null for what is no figure, such as `9.30,45` or `about 50`. */
export function readFigure(text: string): string | null {
  const figure = latinDigits(text)
    .replace(/[\s\u00a0]/g, '')
    .replace(/^(?:₹|Rs\.?|INR|रु\.?)/i, '')
    .replace(/(?:\/[-–—]|g|ct|%)$/i, '');
  if (figure === '' || figure === '.') return null;
  if (!PLAIN.test(figure) && !GROUPED.test(figure)) return null;
  return figure.replaceAll(',', '');
}

/** Whether a field being typed in holds anything that a figure has no place for. */
export function hasStrangers(typed: string): boolean {
  return /[^\d.,\s\u00a0₹]/.test(latinDigits(typed)) || /\..*\./.test(typed);
}
