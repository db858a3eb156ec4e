/** `+91 98250 77889`; numbers of other countries as they are. */
export function formatPhone(e164: string): string {
  const indian = /^\+91(\d{5})(\d{5})$/.exec(e164);
  if (indian !== null) return `+91 ${indian[1]} ${indian[2]}`;
  return e164;
}
