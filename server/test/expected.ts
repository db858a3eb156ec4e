/** A question and what must be answered; the answers' fields that are looked at are those that are named here. */
export interface Expected {
  path: string;
  data: unknown;
}
