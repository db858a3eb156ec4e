const SCRIPTS = [/[a-z]/i, /[\u0900-\u097f]/];

/** Whether one text is in Latin letters and the other in Devanagari. */
export function isOtherScript(one: string, other: string): boolean {
  return SCRIPTS.every((script) => script.test(one) !== script.test(other));
}
