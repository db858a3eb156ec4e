// What crosses the thread. Copying a small object graph as such takes three times as long as its JSON text does; what
// JSON would change on the way (bytes, undefined, NaN) or what is large goes as it is.

/** A value on its way: JSON text, or the value in a box for the copying that threads do. */
export type Parcel = string | { value: unknown };

/** Beyond this many parts, looking at each of them first is wasted. */
const MOST_PARTS = 500;

export function pack(value: unknown): Parcel {
  return countParts(value, 0) <= MOST_PARTS ? JSON.stringify(value) : { value };
}

export function unpack<T>(parcel: Parcel): T {
  return (typeof parcel === 'string' ? JSON.parse(parcel) : parcel.value) as T;
}

/** `counted` and the parts of a value that JSON keeps as it is; infinite for any other. */
function countParts(value: unknown, counted: number): number {
  if (counted > MOST_PARTS) return counted;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return counted + 1;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? counted + 1 : Number.POSITIVE_INFINITY;
    case 'object':
      return value === null ? counted + 1 : countMembers(value, counted + 1);
    default:
      return Number.POSITIVE_INFINITY;
  }
}

function countMembers(value: object, counted: number): number {
  let sum = counted;
  if (Array.isArray(value)) {
    for (const member of value) sum = countParts(member, sum);
    return sum;
  }
  const prototype = Object.getPrototypeOf(value) as unknown;
  // A row of the database has no prototype.
  if (prototype !== Object.prototype && prototype !== null) return Number.POSITIVE_INFINITY;
  // Nothing is inherited from either, and no list of the keys has to be made.
  for (const key in value) sum = countParts((value as Record<string, unknown>)[key], sum);
  return sum;
}
