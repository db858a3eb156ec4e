// The thread of `swati verify`: reads everything once and posts a report.

import { parentPort, workerData } from 'node:worker_threads';
import type { VerifyReport } from '../../domain/journal.ts';
import { GENESIS_HASH, type JournalHead } from '../books/journal-hash.ts';
import { Problems } from '../books/problems.ts';
import { checkFigures } from './checks/check-figures.ts';
import { checkIntegrity, checkReferences, checkTriggers } from './checks/check-file.ts';
import { checkJournal } from './checks/check-journal.ts';
import { checkKhata } from './checks/check-khata.ts';
import { checkPictures } from './checks/check-pictures.ts';
import { atOneMoment, openConnection } from './database.ts';
import { readHead } from './writes/journal.ts';

const { file, shopId } = workerData as { file: string; shopId: string };
parentPort?.postMessage(verify());

function verify(): VerifyReport {
  const problems = new Problems();
  const pictures = new Problems();
  let head: JournalHead = { seq: 0, hash: GENESIS_HASH };
  let entries = 0;
  let customers = 0;
  problems.during('the database', () => {
    const db = openConnection(file, 'read');
    problems.during('the database', () => checkIntegrity(db, problems));
    problems.during('the triggers', () => checkTriggers(db, problems));
    problems.during('the journal', () => {
      head = readHead(db, shopId);
      entries = checkJournal(db, shopId, head.seq, problems);
    });
    problems.during('the ledger', () => {
      customers = atOneMoment(db, () => checkKhata(db, shopId, problems));
    });
    problems.during('the figures', () => atOneMoment(db, () => checkFigures(db, shopId, problems)));
    problems.during('the references', () => checkReferences(db, problems));
    pictures.during('the pictures', () => checkPictures(db, shopId, pictures));
    db.close();
  });
  return { entries, head: { ...head }, customers, problems: problems.lines(), pictures: pictures.lines() };
}
