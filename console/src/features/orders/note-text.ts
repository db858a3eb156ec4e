// The notes of an order as its readers know them: the server keeps them as one text, in which each note that was added
// later begins with its instant in UTC.

const ADDED = /^\[(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})\] /gm;

/** The same text with the shop's date and time before each note that was added. `dateTime` writes them. */
export function noteText(notes: string, dateTime: (at: number) => string): string {
  return notes.replace(ADDED, (stamp, day: string, time: string) => {
    const at = Date.parse(`${day}T${time}Z`);
    return Number.isNaN(at) ? stamp : `${dateTime(at)}: `;
  });
}
