// The baseline: one durable commit of one row after another, on a connection as the shop opens it.

import { DatabaseSync } from 'node:sqlite';

const { file, milliseconds } = JSON.parse(process.argv[2] ?? '{}') as { file: string; milliseconds: number };

const db = new DatabaseSync(file);
db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY, customer TEXT, paise INTEGER, at INTEGER) STRICT`);
const insert = db.prepare('INSERT INTO entries (customer, paise, at) VALUES (?, ?, ?)');
const started = performance.now();
let commits = 0;
while (performance.now() - started < milliseconds) {
  insert.run('65e0c0ffee0123456789abcd', 12_345, commits);
  commits++;
}
const perSecond = (commits * 1000) / (performance.now() - started);
db.close();
console.log(JSON.stringify({ perSecond }));
