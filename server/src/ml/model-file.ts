// The one file format of trained models: named sections of numbers with a checksum. It reads nothing else: no code,
// no object graph. Layout, little-endian: 8 bytes magic, 4 bytes version, 4 bytes length of the head, 32 bytes
// SHA-256 of all that follows, the head as JSON {type, sections: [{name, kind, offset, length}]}, padding to 8, data.

import { createHash } from 'node:crypto';

/** Why a model file was refused. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}

/** A named list of numbers in a model file. */
export type ModelSection = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;
/** All sections of a model by name. */
export type ModelSections = Readonly<Record<string, ModelSection>>;

const MAGIC = 'MLMODEL\n';
const VERSION = 1;
const PREFIX_BYTES = 48;
/** The largest file that is read, in bytes. */
const MAX_BYTES = 256 * 2 ** 20;

const KINDS = {
  u8: Uint8Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;
type Kind = keyof typeof KINDS;
type Entry = { name: string; kind: Kind; offset: number; length: number };

/** The bytes of a model of `type`. Equal sections in equal order give equal bytes. */
export function writeModelFile(type: string, sections: ModelSections): Uint8Array {
  const entries: Entry[] = [];
  let bytes = 0;
  for (const [name, values] of Object.entries(sections)) {
    entries.push({ name, kind: kindOf(values), offset: bytes, length: values.length });
    bytes += roundUp(values.byteLength);
  }
  const head = Buffer.from(JSON.stringify({ type, sections: entries }));
  const start = roundUp(PREFIX_BYTES + head.length);
  const file = Buffer.alloc(start + bytes);
  file.write(MAGIC, 0, 'latin1');
  file.writeUInt32LE(VERSION, 8);
  file.writeUInt32LE(head.length, 12);
  head.copy(file, PREFIX_BYTES);
  Object.values(sections).forEach((values, index) => {
    file.set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      start + entries[index]!.offset,
    );
  });
  createHash('sha256').update(file.subarray(PREFIX_BYTES)).digest().copy(file, 16);
  return file;
}

/** The sections of a model file of `type`. Throws a ModelFileError for anything that is not exactly that. */
export function readModelFile(type: string, file: Uint8Array): ModelSections {
  if (file.length > MAX_BYTES) throw new ModelFileError('the model file is too large');
  // A copy is aligned to 8 bytes, which the typed arrays need, and nobody else can change it.
  const bytes = Buffer.from(Uint8Array.from(file).buffer);
  if (bytes.length < PREFIX_BYTES || bytes.toString('latin1', 0, 8) !== MAGIC) {
    throw new ModelFileError('this is not a model file');
  }
  const version = bytes.readUInt32LE(8);
  if (version !== VERSION) {
    throw new ModelFileError(`the model file has version ${version}, this program reads ${VERSION}`);
  }
  const digest = createHash('sha256').update(bytes.subarray(PREFIX_BYTES)).digest();
  if (!digest.equals(bytes.subarray(16, PREFIX_BYTES))) {
    throw new ModelFileError('the model file is damaged: its checksum does not match');
  }
  const headBytes = bytes.readUInt32LE(12);
  const start = roundUp(PREFIX_BYTES + headBytes);
  if (start > bytes.length) throw new ModelFileError('the model file is damaged: its head is cut off');
  const head = parseHead(bytes.toString('utf8', PREFIX_BYTES, PREFIX_BYTES + headBytes));
  if (head.type !== type) throw new ModelFileError(`the model file holds "${head.type}", not "${type}"`);
  const data = bytes.subarray(start);
  return Object.fromEntries(head.sections.map((entry) => [entry.name, sectionOf(entry, data)]));
}

/** One section that must exist with this kind of numbers and, where given, this many. Throws a ModelFileError. */
export function sectionOfModel<K extends Kind>(
  sections: ModelSections,
  name: string,
  kind: K,
  length?: number,
): InstanceType<(typeof KINDS)[K]> {
  const values = Object.hasOwn(sections, name) ? sections[name] : undefined;
  if (values === undefined || !(values instanceof KINDS[kind])) {
    throw new ModelFileError(`the model file has no section "${name}" of kind ${kind}`);
  }
  if (length !== undefined && values.length !== length) {
    throw new ModelFileError(`section "${name}" has ${values.length} values, not ${length}`);
  }
  return values as InstanceType<(typeof KINDS)[K]>;
}

function kindOf(values: ModelSection): Kind {
  const found = Object.entries(KINDS).find(([, ListType]) => values instanceof ListType);
  if (found === undefined) throw new TypeError('a section must be a typed array');
  return found[0] as Kind;
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function parseHead(text: string): { type: string; sections: Entry[] } {
  let head: unknown;
  try {
    head = JSON.parse(text);
  } catch {
    throw new ModelFileError('the model file is damaged: its head cannot be read');
  }
  const { type, sections } = (head ?? {}) as { type?: unknown; sections?: unknown };
  if (typeof type !== 'string' || !Array.isArray(sections)) {
    throw new ModelFileError('the model file is damaged: its head has no type or sections');
  }
  if (sections.some((entry) => typeof entry !== 'object' || entry === null)) {
    throw new ModelFileError('the model file is damaged: a section is not described');
  }
  return { type, sections: sections as Entry[] };
}

function sectionOf(entry: Entry, data: Uint8Array): ModelSection {
  const ListType = Object.hasOwn(KINDS, entry.kind) ? KINDS[entry.kind] : undefined;
  const whole = Number.isSafeInteger(entry.offset) && Number.isSafeInteger(entry.length);
  if (ListType === undefined || !whole || entry.offset < 0 || entry.length < 0 || entry.offset % 8 !== 0) {
    throw new ModelFileError('the model file is damaged: a section is not described');
  }
  if (entry.offset + entry.length * ListType.BYTES_PER_ELEMENT > data.length) {
    throw new ModelFileError('the model file is damaged: a section is cut off');
  }
  return new ListType(data.buffer as ArrayBuffer, data.byteOffset + entry.offset, entry.length);
}
