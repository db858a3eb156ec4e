import { basename } from 'node:path';
import { formatRupees } from '../domain/money.ts';
import { DEFAULT_PURITY, METALS, type Metal, type MetalPrice, RATE_PURITIES } from '../domain/price.ts';
import type { ImportCounts, ImportFile } from '../domain/price-import.ts';
import { readPurity } from '../features/prices/import-cells.ts';
import { type ColumnMap, readColumnMap } from '../features/prices/import-columns.ts';
import { diamondKind, metalKind, purityText } from '../features/prices/import-kinds.ts';
import { type ImportedRows, type ImportKind, readImport } from '../features/prices/import-rows.ts';
import { FileRefused } from '../features/prices/import-table.ts';
import type { Shop } from '../http/shop.ts';
import { type Command, type CommandCall, EXIT } from './command.ts';
import { commandLineBy } from './command-line-by.ts';
import { withShop } from './with-shop.ts';

export const importPrices: Command = {
  name: 'import',
  summary: 'Bring in prices from a CSV file, all rows or none.',
  words: 'gold|silver|platinum|diamond FILE.csv[.gz]',
  maxWords: 2,
  options: {
    'dry-run': { type: 'boolean', help: 'Read and check everything, import nothing.' },
    'skip-bad': { type: 'boolean', help: 'Import the right rows, although others are wrong.' },
    map: {
      type: 'string',
      multiple: true,
      value: 'OURS=THEIRS',
      help: 'Where the file calls a column otherwise; as often as needed.',
    },
    purity: {
      type: 'string',
      value: '916',
      help: 'What rows are that do not say it (gold 916, others 999).',
    },
  },
  notes: [
    'Metals: date, price_per_gram, purity, source. Diamonds: date, carat, cut, color, clarity, price, source.',
    'The first line names the columns; commas, semicolons or tabs divide them. Days: 2026-01-15, 15/01/2026 (always',
    'day first) or 15 Jan 2026. Amounts in rupees, also as ₹1,23,456.00. A row whose series (or stone), day and price',
    'are there already is passed over, so that the same file twice changes nothing. Imported rates are never held.',
  ],
  run: async (call) => {
    const job = readJob(call);
    if (typeof job === 'string') {
      call.terminal.err(`swati import: ${job}. See swati import --help`);
      return EXIT.usage;
    }
    return withShop(call, (shop) => runJob(call, shop, job));
  },
};

interface Job {
  kind: Metal | 'diamond';
  path: string;
  purity: string | null;
  map: ColumnMap;
}

/** The words and options, or what is wrong with them. */
function readJob({ words, options }: CommandCall): Job | string {
  const kind = [...METALS, 'diamond' as const].find((name) => name === words[0]);
  const path = words[1];
  if (!kind) return `what is imported must be ${METALS.join(', ')} or diamond`;
  if (path === undefined || path === '') return 'the file is missing';
  const rules = kind === 'diamond' ? diamondKind.columns : metalKind(kind, null).columns;
  const map = readColumnMap(rules, Array.isArray(options.map) ? options.map : []);
  if ('problem' in map) return map.problem;
  if (options.purity === undefined) return { kind, path, map, purity: null };
  if (kind === 'diamond') return '--purity is for metals only';
  const purity = readPurity(String(options.purity), RATE_PURITIES[kind], kind === 'gold');
  return purity === null ? `--purity ${purityText(kind)}` : { kind, path, map, purity };
}

async function runJob(call: CommandCall, shop: Shop, { kind, path, purity, map }: Job): Promise<number> {
  const { prices } = shop.store;
  const by = commandLineBy(shop);
  if (kind === 'diamond') {
    return runFile(call, shop, path, map, {
      kind: diamondKind,
      describe: () => [],
      count: (rows) => prices.countNewDiamonds(rows),
      add: async (rows, file) => (await prices.importDiamonds(rows, file, by)).value,
    });
  }
  return runFile(call, shop, path, map, {
    kind: metalKind(kind, purity),
    describe: ({ rows, hasColumn }) => {
      const lines = RATE_PURITIES[kind].flatMap((name) => {
        const series = rows.filter((row) => row.purity === name);
        return series.length === 0 ? [] : [seriesLine(`${kind} ${name}`, series)];
      });
      if (hasColumn('purity')) return lines;
      const said = purity ?? DEFAULT_PURITY[kind];
      return [
        ...lines,
        ['purity', `the file names none: ${said}${purity ? '' : ' (--purity says another)'}`],
      ];
    },
    count: (rows) => prices.countNew(kind, rows),
    add: async (rows, file) => {
      const before = await inForce(shop, kind);
      const { value } = await prices.import(kind, rows, file, by);
      for (const price of await inForce(shop, kind)) {
        if (before.some(({ id }) => id === price.id)) continue;
        const rate = `${kind} ${price.purity} ${formatRupees(price.paisePerGram)} of ${price.day}`;
        say(call, ['in force now', rate]);
      }
      return value;
    },
  });
}

/** What differs between metals and stones. */
interface Work<Row> {
  kind: ImportKind<Row>;
  describe: (found: ImportedRows<Row>) => [string, string][];
  count: (rows: Row[]) => Promise<ImportCounts>;
  add: (rows: Row[], file: ImportFile) => Promise<ImportCounts>;
}

async function runFile<Row>(
  call: CommandCall,
  shop: Shop,
  path: string,
  map: ColumnMap,
  work: Work<Row>,
): Promise<number> {
  const { terminal, options } = call;
  const found = await readFound(call, shop, path, map, work.kind);
  if (!found) return EXIT.failed;
  for (const problem of found.problems) terminal.err(problem);
  const unshown = found.wrong - found.problems.length;
  if (unshown > 0) terminal.err(`and ${unshown} more rows are wrong`);
  say(call, ['read', `${found.read} rows of ${basename(path)}, ${found.wrong} of them wrong`]);
  for (const line of work.describe(found)) say(call, line);
  if (found.ambiguousDay) {
    const { written, day } = found.ambiguousDay;
    say(call, ['days', `${found.ambiguousDays} such as ${written} were read day first: ${day}`]);
  }
  if (found.unreadColumns.length > 0) say(call, ['not read', `columns ${found.unreadColumns.join(', ')}`]);
  const mayImport = found.wrong === 0 || (options['skip-bad'] === true && found.rows.length > 0);
  if (!mayImport) {
    terminal.err(
      `swati import: ${found.wrong} of ${found.read} rows are wrong; nothing was imported` +
        (found.rows.length === 0 ? '' : ' (--skip-bad imports the others)'),
    );
    return EXIT.failed;
  }
  if (options['dry-run']) {
    const { added, known } = await work.count(found.rows);
    say(call, [
      'dry run',
      `${added} rows would be imported, ${known} are there already; nothing was changed`,
    ]);
    return EXIT.ok;
  }
  terminal.progress(`importing ${found.rows.length} rows ...`);
  const { added, known } = await work.add(found.rows, { name: basename(path), sha256: found.sha256 });
  terminal.progress('');
  say(call, ['imported', `${added} rows; ${known} were there already`]);
  return EXIT.ok;
}

/** The file's rows; null, with the reason said, where the file as a whole cannot be used. */
async function readFound<Row>(
  { terminal }: CommandCall,
  shop: Shop,
  path: string,
  map: ColumnMap,
  kind: ImportKind<Row>,
): Promise<ImportedRows<Row> | null> {
  try {
    return await readImport(path, kind, {
      map,
      now: shop.now(),
      newId: shop.newId,
      onProgress: (rows) => terminal.progress(`${rows} rows read ...`),
    });
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    terminal.err(`swati import: ${basename(path)}: ${error.message}; nothing was imported`);
    return null;
  } finally {
    terminal.progress('');
  }
}

function seriesLine(name: string, rows: readonly { day: string; paisePerGram: number }[]): [string, string] {
  let [first, last, low, high] = ['9999', '', Number.POSITIVE_INFINITY, 0];
  for (const { day, paisePerGram } of rows) {
    if (day < first) first = day;
    if (day > last) last = day;
    low = Math.min(low, paisePerGram);
    high = Math.max(high, paisePerGram);
  }
  const range = `${formatRupees(low)} to ${formatRupees(high)} per gram`;
  return [name, `${rows.length} rows, ${first} to ${last}, ${range}`];
}

async function inForce({ store, now }: Shop, metal: Metal): Promise<MetalPrice[]> {
  const found = await Promise.all(
    RATE_PURITIES[metal].map((purity) => store.prices.latest(metal, purity, now())),
  );
  return found.filter((price) => price !== null);
}

function say({ terminal }: CommandCall, [what, text]: [string, string]): void {
  terminal.out(`${what.padEnd(14)}${text}`);
}
