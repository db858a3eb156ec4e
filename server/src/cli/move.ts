// `swati move --to PLACE`: copies the shop while it serves, closes the old place for changes, copies the last of them,
// compares both sides, and only then opens the new one. Killed anywhere, the same command goes on where it was.

import { readFileSync } from 'node:fs';
import type { Shop } from '../http/shop.ts';
import { type ArchiveSummary, differences, summarise } from '../store/archive/archive-page.ts';
import type { Landing } from '../store/archive/landing.ts';
import { watchPictures } from '../store/archive/watch-pictures.ts';
import { isDiskFull } from '../store/sqlite/is-disk-full.ts';
import { StoreRefused } from '../store/store-refused.ts';
import { describeFileTrouble } from '../system/file-trouble.ts';
import { type Command, type CommandCall, EXIT } from './command.ts';
import { commandLineBy } from './command-line-by.ts';
import { type Place, readPlace } from './move-place.ts';
import { withExistingShop } from './with-shop.ts';

const TRIES = 3;
const OTHER_KEY =
  'warning    the secrets.json that was in the new folder holds another key: sign-in codes work with the old one alone';

export const move: Command = {
  name: 'move',
  summary: 'Move the shop to another store while it serves.',
  options: {
    to: { type: 'string', value: 'PLACE', help: 'sqlite:DIR or mongodb://HOSTS/DATABASE, empty or new.' },
    'to-file': { type: 'string', value: 'FILE', help: 'The place is the first line of FILE, out of sight.' },
    undo: {
      type: 'boolean',
      help: 'Take a move back: the shop is used where it was, as it was when it left.',
    },
  },
  notes: [
    'The shop goes on serving while it is copied. At the end the old store refuses every change (503, which names the',
    'new place), the last changes are copied, and both sides are compared. Everybody signs in again at the new place.',
    'A move that was interrupted is finished by the same command. Into MongoDB the last copy is a whole one: changes are',
    'refused for as long as it takes. The account of that place must be one that may make databases.',
  ],
  run: async (call) => {
    if (call.options.undo && (call.options.to ?? call.options['to-file']) !== undefined) {
      call.terminal.err('swati move: --undo takes the shop back to where it was: it goes with no --to');
      return EXIT.usage;
    }
    if (call.options.undo) return withExistingShop(call, (shop) => takeBack(call, shop));
    const place = readPlace(givenPlace(call));
    if (place === null) {
      call.terminal.err('swati move: say where to: --to sqlite:DIR, or --to mongodb://HOSTS/DATABASE');
      return EXIT.usage;
    }
    return withExistingShop(call, async (shop) => {
      try {
        return await moveTo(call, shop, place);
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        call.terminal.err(`swati move: the disk of ${place.name} is full: make room there, and run it again`);
        return EXIT.failed;
      }
    });
  },
};

/** A password is best in a file: a command line can be read by everybody on the machine. */
function givenPlace({ options }: CommandCall): string {
  const file = options['to-file'];
  if (typeof file === 'string') {
    try {
      return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0]?.trim() ?? '';
    } catch (error) {
      throw new StoreRefused(
        `--to-file cannot be read: ${describeFileTrouble(error, file) ?? String(error)}`,
      );
    }
  }
  return typeof options.to === 'string' ? options.to : '';
}

async function moveTo(call: CommandCall, shop: Shop, place: Place): Promise<number> {
  const { terminal } = call;
  const { store } = shop;
  const from = await placeOf(call, shop);
  if (from === place.name) {
    terminal.err(`swati move: the shop is in ${place.name} already`);
    return EXIT.usage;
  }
  const movedTo = await store.moves.movedTo();
  if (movedTo !== null && movedTo !== place.name) {
    terminal.err(`swati move: the shop has moved to ${movedTo} already; move it on from there`);
    return EXIT.failed;
  }
  if (movedTo !== null && (await place.hasArrived())) {
    terminal.out(`the shop has moved to ${movedTo} already: nothing is left to do`);
    return EXIT.ok;
  }
  const landing = await place.open(from, shop.now());
  try {
    sayWhatWasFound(terminal.out, landing.found, movedTo, place);
    const summary =
      landing.found === 'finished'
        ? await landing.summary()
        : await copy(call, shop, { place, landing, hasLeft: movedTo !== null });
    if (summary === null) return EXIT.failed;
    const config = call.settings();
    const hasKey = config.JWT_SECRET_KEY !== undefined || place.keepKey(shop.config.jwtSecret);
    await landing.finish();
    terminal.progress('');
    terminal.out(`shop       ${place.name}`);
    terminal.out(`digest     ${summary.digest}`);
    terminal.out('both sides were compared: equal. The old store refuses changes and can be read as before.');
    terminal.out(`start it   ${place.start(config)} (everybody signs in again)`);
    if (!hasKey) terminal.err(OTHER_KEY);
    return EXIT.ok;
  } finally {
    await landing.close();
  }
}

/** Where the shop is now, as the new place is told of it. */
async function placeOf(call: CommandCall, { store }: Shop): Promise<string> {
  const { kind, location } = await store.info();
  if (kind === 'mongodb') return `mongodb://${location}`;
  return `sqlite:${call.settings().DATA_DIR}`;
}

/** What an earlier run has left: which side the shop is on is never in doubt. */
function sayWhatWasFound(
  say: (line: string) => void,
  found: Landing['found'],
  movedTo: string | null,
  place: Place,
): void {
  if (found === 'nothing') return;
  if (movedTo === null) say('an earlier move did not finish: the shop stayed here, and is copied anew');
  else if (found === 'finished')
    say(`an earlier move was cut off at its very end: the shop is in ${place.name}`);
  else
    say('an earlier move was cut off after the shop had left: no change was taken since, it is finished now');
}

interface Journey {
  place: Place;
  landing: Landing;
  hasLeft: boolean;
}

/** Null, after it was said why, where the shop stays. */
async function copy(call: CommandCall, shop: Shop, journey: Journey): Promise<ArchiveSummary | null> {
  const { place, landing, hasLeft } = journey;
  const { terminal } = call;
  const { backups, moves } = shop.store;
  terminal.progress('copying while the shop serves ...');
  await landing.load(backups.dump());
  terminal.progress('verifying the copy ...');
  const problems = await landing.verify();
  if (problems.length > 0) {
    for (const problem of problems) terminal.err(`problem    ${problem}`);
    terminal.err('swati move: the books do not agree, so the shop stays where it is: see swati verify');
    return null;
  }
  if (!hasLeft) await moves.leave(place.name, commandLineBy(shop));
  terminal.progress('copying the last changes ...');
  let different = '';
  for (let tries = 1; tries <= TRIES; tries++) {
    const pictures: string[] = [];
    await landing.load(watchPictures(backups.dump(), pictures));
    const [there, here] = [await landing.summary(), await summarise(backups.dump())];
    if (there.digest === here.digest) {
      for (const line of pictures) terminal.err(`warning    ${line}`);
      return here;
    }
    different = differences(here, there)[0] ?? 'the digests differ';
  }
  await moves.comeBack(commandLineBy(shop));
  terminal.err(`swati move: the copy is not equal (${different}), so the shop stays where it is`);
  return null;
}

async function takeBack({ terminal }: CommandCall, shop: Shop): Promise<number> {
  const { moves } = shop.store;
  const movedTo = await moves.movedTo();
  if (movedTo === null) {
    terminal.err('swati move: the shop never left: there is nothing to take back');
    return EXIT.failed;
  }
  await moves.comeBack(commandLineBy(shop));
  terminal.out('the shop is here again, as it was when it left');
  terminal.out(`What was changed in ${movedTo} since then is not here: stop the shop there.`);
  return EXIT.ok;
}
