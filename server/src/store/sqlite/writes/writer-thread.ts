// The thread that holds the only writing connection. It drains what is waiting into one transaction at a time.
// It never retries a failed sync: it dies, and its owner ends the process.

import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { WriteMeter } from '../../books/write-meter.ts';
import { StoreRefused, StoreUnreachable } from '../../store-refused.ts';
import type { Connection } from '../database.ts';
import { HeadNote } from '../journal-head.ts';
import { openForWriting } from '../open-for-writing.ts';
import { type Answer, type Command, Door } from './door.ts';
import { Group } from './group.ts';
import { type Bell, Inbox } from './inbox.ts';
import { type Parcel, pack } from './parcel.ts';
import { runPatiently } from './run-patiently.ts';
import type { FromWriter, SentAnswer, ToWriter } from './writer-messages.ts';

/** What the owner starts the thread with. */
export interface WriterData {
  file: string;
  /** The time of the start. */
  at: number;
  bell: Bell;
  /** What it counts. */
  cells: SharedArrayBuffer;
}

const MAX_GROUP = 256;
/** A sync that is faster than this is cheap: about what the callers of a small shop take to come back. */
const CHEAP_SYNC_MS = 4;
/** What a sync takes is the best of so many: one that brought the log over to the database says nothing about the next. */
const RECENT_SYNCS = 8;
/** The longest that a group waits for company. */
const MAX_WAIT_MS = 5;

const port = parentPort;
if (!port) throw new Error('the writer runs as a worker thread only');
const { file, at, bell, cells } = workerData as WriterData;
const meter = new WriteMeter(cells);

const inbox = new Inbox(port, bell);
let draining = false;
/** How many changes were under way at once in the last groups. */
let callers = 1;
const recentSyncs: number[] = [];

const db = await open();
if (db) serve(db);

async function open(): Promise<Connection | null> {
  try {
    return await openForWriting(file, at);
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error;
    send({ kind: 'refused', reason: error.message, isForNow: error instanceof StoreUnreachable });
    return null;
  }
}

function serve(db: Connection): void {
  const door = new Door(db);
  const note = new HeadNote(db, dirname(file));
  port?.on('message', (message: ToWriter) => {
    inbox.receive(message);
    if (draining) return;
    draining = true;
    void drain(db, door, note);
  });
  send({ kind: 'ready' });
}

async function drain(db: Connection, door: Door, note: HeadNote): Promise<void> {
  for (inbox.look(); inbox.size > 0; inbox.look()) {
    const ids: number[] = [];
    const group = gatherGroup(recentSyncs.length === 0 ? 0 : Math.min(...recentSyncs), ids);
    let announced: Answer[] | null = null;
    const announce = (answers: Answer[]): void => {
      announced = answers;
      send({ kind: 'announced', answers: packAnswers(ids, answers) });
    };
    const answers = await runPatiently(door, group, { announce });
    meter.note(ids.length, door.syncMs);
    if (recentSyncs.push(door.syncMs) > RECENT_SYNCS) recentSyncs.shift();
    // Before any is answered: whoever is may come back at once, and would count twice.
    inbox.look();
    // Some of those under way are still being read: a group that saw fewer does not mean that many went away.
    callers = Math.max(ids.length + inbox.size, callers - 1);
    if (answers === announced) send({ kind: 'durable' });
    else send({ kind: 'answers', answers: packAnswers(ids, answers) });
    note.writeNowAndThen();
  }
  draining = false;
  inbox.idle();
  if (inbox.isClosing) {
    note.write();
    db.close();
    port?.close();
  }
}

/**
 * A group of those who wait and of those who come while it runs. Where a sync is dear, all of them, and when none is left
 * to run, it waits for as many as were under way before, since a commit without them makes them wait for another one.
 * Where it is cheap, half of them: while these are answered and come back, the other half is written. Waiting takes at
 * most as long as a sync, so that it never costs more than it can save.
 */
function gatherGroup(syncMs: number, ids: number[]): Group {
  let patienceMs = Math.min(syncMs, MAX_WAIT_MS);
  const isCheap = syncMs < CHEAP_SYNC_MS;
  const underWay = Math.max(callers, inbox.size);
  const wanted = Math.min(isCheap ? Math.ceil(underWay / 2) : underWay, MAX_GROUP);
  const most = isCheap ? wanted : MAX_GROUP;
  const takeWaiting = (): Command | null => {
    const sent = ids.length < most ? inbox.take() : null;
    if (sent) ids.push(sent.id);
    return sent?.command ?? null;
  };
  const more = (): Command | null => {
    if (inbox.size === 0) inbox.look();
    while (inbox.size === 0 && ids.length < wanted && patienceMs > 0 && !inbox.isClosing) {
      const started = performance.now();
      inbox.wait(patienceMs);
      patienceMs -= performance.now() - started;
    }
    return takeWaiting();
  };
  const first: Command[] = [];
  for (let command = takeWaiting(); command; command = takeWaiting()) first.push(command);
  return new Group(first, more);
}

function packAnswers(ids: readonly number[], answers: readonly Answer[]): Parcel[] {
  return ids.map((id, index) => packAnswer({ id, answer: answers[index] as Answer }));
}

function packAnswer(sent: SentAnswer): Parcel {
  const { id, answer } = sent;
  if ('defect' in answer || answer.saved === undefined) return pack(sent);
  const { saved, position, requestId } = answer;
  // Made as a text before, to be saved.
  return `{"id":${id},"answer":{"outcome":${saved},"position":${position},"requestId":${JSON.stringify(requestId)}}}`;
}

function send(message: FromWriter): void {
  port?.postMessage(message);
}
