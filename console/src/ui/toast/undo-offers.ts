// Which Undo stands on the page for which thing. A newer change of a thing withdraws the older Undo of it, which would
// bring back what stood two changes ago, or be refused.

interface Offer {
  toast: string;
  about: readonly string[];
}

let offers: readonly Offer[] = [];

/** Notes an Undo that a toast offers for things, named by their ids. */
export function offered(toast: string, about: readonly string[]): void {
  offers = [...offers, { toast, about }];
}

export function isOffered(toast: string): boolean {
  return offers.some((offer) => offer.toast === toast);
}

/** The toasts whose Undo no longer holds once these things have changed. */
export function withdrawn(about: readonly string[]): string[] {
  const isOver = (offer: Offer) => offer.about.some((id) => about.includes(id));
  const over = offers.filter(isOver);
  offers = offers.filter((offer) => !isOver(offer));
  return over.map(({ toast }) => toast);
}
