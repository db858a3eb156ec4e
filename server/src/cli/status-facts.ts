// What `swati status` gathers: the store, its size, models, backups, the disk, and what of it needs attention.

import { statfsSync, statSync } from 'node:fs';
import { backupState } from '../domain/backup.ts';
import { toRupees } from '../domain/money.ts';
import { RATE_PURITIES } from '../domain/price.ts';
import { DAY_MS, dayOf } from '../domain/shop-day.ts';
import type { Shop } from '../http/shop.ts';
import { folderTrouble } from '../system/file-trouble.ts';

const LOW_DISK_BYTES = 1_000_000_000;
const OLD_RATE_DAYS = 3;

type Facts = Awaited<ReturnType<typeof readFacts>>;
export type StatusFacts = Facts & { attention: string[] };

export interface Seen {
  dataDir: string;
  /** Null where it cannot be known from this machine. */
  running: boolean | null;
  workers: number;
}

export async function gatherFacts(shop: Shop, seen: Seen): Promise<StatusFacts> {
  const facts = await readFacts(shop, seen);
  return { ...facts, attention: attention(facts, shop.now()) };
}

async function readFacts({ store, now, config }: Shop, { dataDir, running, workers }: Seen) {
  const [info, users, [head], reference, models, [made], [failed], movedTo] = await Promise.all([
    store.info(),
    store.users.list(),
    store.journal.list({}, 1),
    store.reference.counts(),
    store.models.list(),
    store.journal.list({ action: 'backup.made' }, 1),
    store.journal.list({ action: 'backup.failed' }, 1),
    store.moves.movedTo(),
  ]);
  const rates = [];
  for (const purity of RATE_PURITIES.gold) {
    const rate = await store.prices.latest('gold', purity, now());
    if (rate) rates.push({ purity, rupees_per_gram: toRupees(rate.paisePerGram), day: rate.day });
  }
  const disk = statfsSync(dataDir);
  return {
    running,
    workers,
    moved_to: movedTo,
    store: info.kind,
    location: info.location,
    schema: info.schemaVersion,
    append_only: info.isAppendOnly,
    bytes: info.kind === 'sqlite' ? sizeOf(info.location) : null,
    journal: { entries: head?.seq ?? 0, head: head?.hash ?? null, last: head?.at ?? null },
    rows: info.rows,
    reference,
    gold: rates,
    models: models.map(({ name, version, trainedAt }) => ({ name, version, trained_at: trainedAt })),
    backup: {
      state: backupState(made ?? null, failed ?? null, now()),
      last_verified: made?.at ?? null,
      failed_because:
        failed && failed.seq > (made?.seq ?? 0) ? String(failed.after?.reason ?? 'no reason is kept') : null,
      folder: config.backups.folder,
      folder_trouble: folderTrouble(config.backups.folder),
      other_disk: made ? made.after?.otherDisk === true : null,
      pictures_amiss: Array.isArray(made?.after?.pictures) ? made.after.pictures.length : 0,
    },
    disk_left_bytes: disk.bavail * disk.bsize,
    accounts: users.map((user) => ({ username: user.username, role: user.role, active: user.isActive })),
  };
}

function attention(facts: Facts, at: number): string[] {
  const found: string[] = [];
  if (facts.moved_to !== null)
    found.push(`the shop has moved to ${facts.moved_to}: start it there (here: swati move --undo)`);
  if (!facts.append_only)
    found.push('the account of MONGODB_URI may rewrite the journal and the ledger: see docs/operations.md');
  const { state, other_disk: otherDisk, pictures_amiss: pictures, failed_because: because } = facts.backup;
  const trouble = facts.backup.folder_trouble;
  if (trouble !== null) found.push(`no backup can be made in BACKUP_DIR: ${trouble}`);
  if (state === 'none') found.push('there is no backup: swati backup --to FOLDER');
  if (state === 'stale')
    found.push('the last verified backup is older than 36 hours, or dated ahead by a wrong clock');
  if (state === 'failed') found.push(`the newest backup failed: ${because}`);
  if (pictures > 0)
    found.push('the last backup lacks pictures, or has damaged ones: swati verify names them');
  if (otherDisk === false)
    found.push("backups are on the shop's own disk: BACKUP_DIR should name another one");
  if (facts.disk_left_bytes < LOW_DISK_BYTES) found.push('less than 1 GB is left on the disk');
  const newest = facts.gold
    .map(({ day }) => day)
    .sort()
    .at(-1);
  if (newest !== undefined && newest < dayOf(at - OLD_RATE_DAYS * DAY_MS)) {
    found.push(`the board rate of gold is of ${newest}`);
  }
  if (!facts.accounts.some(({ role, active }) => role === 'admin' && active)) {
    found.push('no admin can sign in: swati create-admin');
  }
  if (facts.models.length === 0) found.push('no model is trained: swati train');
  return found;
}

/** The database with the log that is not yet in it. */
function sizeOf(file: string): number {
  return ['', '-wal'].reduce(
    (sum, tail) => sum + (statSync(file + tail, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
