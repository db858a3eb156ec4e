// What is sent to the customer: a short text in the customer's own language, and the payment as a UPI link.

import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { shopDay } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import type { Language } from '../../words/language.ts';
import { sayIn } from '../../words/say.ts';
import { customerWords } from './words/customer-words.ts';

export interface Shop {
  name: string;
  upiId: string | null;
  language: Language;
}

/** `upi://pay?...` as UPI apps read it; null when there is nothing to pay or no id to pay to. */
export function upiLink({ name, upiId }: Shop, rupees: number): string | null {
  if (upiId === null || rupees <= 0) return null;
  // %20 and not +: UPI apps show a plus as it is.
  // The id's own @ stays, since some apps do not read %40.
  const fields = { pa: upiId, pn: name, am: rupees.toFixed(2), cu: 'INR', tn: 'Khata' };
  const text = Object.entries(fields).map(([field, value]) => `${field}=${encodeURIComponent(value)}`);
  return `upi://pay?${text.join('&').replace('%40', '@')}`;
}

export async function statementMessage(customer: CustomerWire, shop: Shop): Promise<string> {
  const language = customer.language ?? shop.language;
  const words = await sayIn(customerWords, language);
  const balance = customer.current_balance;
  const [year, month, day] = shopDay().split('-');
  const facts = { shop: shop.name, date: `${day}/${month}/${year}` };
  const amount = formatRupees(Math.abs(balance), { language });
  const lines = [words('messageGreeting', { name: customer.name })];
  if (balance > 0) lines.push(words('messageOwes', { ...facts, amount }));
  else if (balance < 0) lines.push(words('messageCredit', { ...facts, amount }));
  else lines.push(words('messageClear', facts));
  // Messengers make no link of upi://, so the text names the id; the code beside it holds the rest.
  if (balance > 0 && shop.upiId !== null) lines.push(words('messagePay', { upi: shop.upiId }));
  lines.push(words('messageThanks'));
  return lines.join('\n');
}

export function whatsappLink(customer: CustomerWire, message: string): string {
  return `https://wa.me/${customer.phone_e164.replace(/\D/g, '')}?text=${encodeURIComponent(message)}`;
}
