// Phone numbers in one spelling (E.164), so that the same customer typed twice is found. India is assumed where
// nothing else is said; no number of 10 to 15 digits is refused, since existing data holds all kinds.

const INDIA = '91';

/** `+` and 10 to 15 digits, or null when the text has fewer or more. `098765 43210` -> `+919876543210`. */
export function normalisePhone(typed: string): string | null {
  const digits = typed.replace(/\D/g, '');
  if (digits.length < 10 || digits.length > 15) return null;
  if (/^[\s(]*\+/.test(typed)) return `+${withoutTrunkZero(digits)}`;
  if (digits.length === 10) return `+${INDIA}${digits}`;
  if (digits.length === 11 && digits.startsWith('0')) return `+${INDIA}${digits.slice(1)}`;
  if (digits.startsWith('00') && digits.length >= 12) return `+${withoutTrunkZero(digits.slice(2))}`;
  if (digits.length === 13 && digits.startsWith(`0${INDIA}`)) return `+${digits.slice(1)}`;
  return `+${withoutTrunkZero(digits)}`;
}

/** `91 0 98765 43210`: the 0 is dialled inside of India only. */
function withoutTrunkZero(digits: string): string {
  return digits.length === 13 && digits.startsWith(`${INDIA}0`) ? INDIA + digits.slice(3) : digits;
}

/** The digits by which a searched text is looked for among phones, however either was typed; '' where it is no phone. */
export function searchedDigits(text: string): string {
  return /^[+\d\s().-]+$/.test(text) ? withoutTrunkZero(text.replace(/\D/g, '').replace(/^0+/, '')) : '';
}
