/** As the ref of a field that appears while somebody waits for it: that is where the person goes on. */
export function focusOnArrival(field: HTMLElement | null): void {
  field?.focus();
}

/** As the ref of what must be seen, wherever the page was pushed to. */
export function showOnArrival(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** The field of a form by its path, such as `lines.0.price`. */
export function focusField(path: string): void {
  document.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)?.focus();
}
