/** Node's name of a status. An import of node:http would load its WebSocket client as well: 30 ms and 3 MB at start. */
export function statusText(status: number): string {
  return process.getBuiltinModule('node:http').STATUS_CODES[status] ?? 'Answer';
}
