import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { ModelFileError, readModelFile, sectionOfModel, writeModelFile } from './model-file.ts';

const SECTIONS = {
  a: Float64Array.of(1.5, -2, Number.MAX_VALUE),
  b: Uint8Array.of(1, 2, 3),
  c: Float32Array.of(0.25),
};

test('what is written is read, to the byte', () => {
  const file = writeModelFile('kind', SECTIONS);
  assert.deepEqual(writeModelFile('kind', SECTIONS), file);
  const read = readModelFile('kind', file);
  assert.deepEqual({ ...read }, SECTIONS);
});

test('a file at an odd address is read', () => {
  const file = writeModelFile('kind', SECTIONS);
  const shifted = new Uint8Array(file.length + 3).subarray(3);
  shifted.set(file);
  assert.deepEqual({ ...readModelFile('kind', shifted) }, SECTIONS);
});

test('a changed byte anywhere is refused', () => {
  const file = writeModelFile('kind', SECTIONS);
  for (let at = 0; at < file.length; at++) {
    const broken = Uint8Array.from(file);
    broken[at]! ^= 1;
    assert.throws(() => readModelFile('kind', broken), ModelFileError, `byte ${at}`);
  }
});

test('a file cut off anywhere is refused, and so is one with more behind it', () => {
  const file = writeModelFile('kind', SECTIONS);
  for (let length = 0; length < file.length; length++) {
    assert.throws(() => readModelFile('kind', file.subarray(0, length)), ModelFileError, `${length} bytes`);
  }
  assert.throws(() => readModelFile('kind', Buffer.concat([file, Buffer.alloc(8)])), ModelFileError);
});

test('foreign files and other types say what is wrong', () => {
  const file = writeModelFile('kind', SECTIONS);
  assert.throws(() => readModelFile('kind', Buffer.from('{"json": true}')), /not a model file/);
  assert.throws(() => readModelFile('other', file), /holds "kind", not "other"/);
  const newer = Buffer.from(file);
  newer.writeUInt32LE(2, 8);
  assert.throws(() => readModelFile('kind', newer), /version 2/);
});

test('a forged head with a good checksum is refused', () => {
  for (const head of [
    'nonsense',
    '{}',
    '{"type":"kind","sections":[null]}',
    '{"type":"kind","sections":[{"name":"a","kind":"f64","offset":0,"length":9}]}',
  ]) {
    const body = Buffer.alloc(Math.ceil(head.length / 8) * 8 + 8);
    body.write(head);
    const file = Buffer.alloc(48 + body.length);
    file.write('MLMODEL\n');
    file.writeUInt32LE(1, 8);
    file.writeUInt32LE(head.length, 12);
    body.copy(file, 48);
    createHash('sha256').update(body).digest().copy(file, 16);
    assert.throws(() => readModelFile('kind', file), ModelFileError);
  }
});

test('a missing section, another kind and another length are refused', () => {
  const read = readModelFile('kind', writeModelFile('kind', SECTIONS));
  assert.equal(sectionOfModel(read, 'b', 'u8', 3)[2], 3);
  assert.throws(() => sectionOfModel(read, 'd', 'u8'), /no section "d"/);
  assert.throws(() => sectionOfModel(read, 'b', 'f64'), /of kind f64/);
  assert.throws(() => sectionOfModel(read, 'b', 'u8', 4), /3 values, not 4/);
  assert.throws(() => sectionOfModel(read, 'toString', 'u8'), ModelFileError);
});
