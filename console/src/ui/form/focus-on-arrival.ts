/** As the ref of a field that appears while somebody waits for it: that is where the person goes on. */
export function focusOnArrival(field: HTMLElement | null): void {
  field?.focus();
}
