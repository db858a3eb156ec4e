import { formatRupees } from '../domain/money.ts';
import { DEFAULT_PURITY, METALS, type Metal, type MetalPrice, RATE_PURITIES } from '../domain/price.ts';
import { findOtherUnit, type ImportedRate, inOrderOfForce } from '../domain/price-import.ts';
import { readPurity } from '../features/prices/import-cells.ts';
import { type ColumnMap, type ColumnRule, readColumnMap } from '../features/prices/import-columns.ts';
import { diamondKind, metalKind, purityText } from '../features/prices/import-kinds.ts';
import type { Shop } from '../http/shop.ts';
import { type Command, type CommandCall, EXIT } from './command.ts';
import { commandLineBy } from './command-line-by.ts';
import { importRecords, RECORD_COLUMNS, RECORD_KINDS, type RecordKind } from './import-records.ts';
import { runFile, say, type UseShop } from './run-import.ts';
import { withExistingShop, withShop } from './with-shop.ts';

export const importFile: Command = {
  name: 'import',
  summary: 'Bring in prices, customers or pieces from a CSV file, all rows or none.',
  words: 'gold|silver|platinum|diamond|customers|products FILE.csv[.gz]',
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
    'opening-balances': {
      type: 'boolean',
      help: 'Customers: post what the file says they owe to their khata.',
    },
  },
  notes: [
    'Metals: date, price_per_gram, purity, source. Diamonds: date, carat, cut, color, clarity, price, source.',
    'The first line names the columns; commas, semicolons or tabs divide them. Days: 2026-01-15, 15/01/2026 (always',
    'day first) or 15 Jan 2026. Amounts in rupees, also as ₹1,23,456.00. A row whose series (or stone), day and price',
    'are there already is passed over, so that the same file twice changes nothing. Imported rates are never held.',
    'Rates are per gram. Of a file whose rates are five times those of the shop (per 10 grams) that is said: --dry-run.',
    "Of a day's rates the last line counts; in a file that begins with its newest day, as exports do, the first.",
    'Customers: name, phone, email, address, language, credit_limit, current_balance. Products: name, category,',
    'base_price, weight, gold_purity, stock, publication, description, image, making_charge, stones. A file that the',
    'shop exported is read as it is; whom or what the shop has already, unchanged, is passed over.',
    'At most 100000 rows; on a replica set 12000 new prices, or 4000 new customers (2000 with what they owe) or products.',
  ],
  run: async (call) => {
    const job = readJob(call);
    if (typeof job === 'string') {
      call.terminal.err(`swati import: ${job}. See swati import --help`);
      return EXIT.usage;
    }
    return runJob(call, job);
  },
};

interface Job {
  kind: Metal | 'diamond' | RecordKind;
  path: string;
  purity: string | null;
  map: ColumnMap;
}

/** The words and options, or what is wrong with them. */
function readJob({ words, options }: CommandCall): Job | string {
  const kind = [...METALS, 'diamond' as const, ...RECORD_KINDS].find((name) => name === words[0]);
  const path = words[1];
  if (!kind) return `what is imported must be ${METALS.join(', ')}, diamond, ${RECORD_KINDS.join(' or ')}`;
  if (path === undefined || path === '') return 'the file is missing';
  const rules = columnsOf(kind);
  const map = readColumnMap(rules, Array.isArray(options.map) ? options.map : []);
  if ('problem' in map) return map.problem;
  if (options['opening-balances'] && kind !== 'customers') return '--opening-balances is for customers only';
  if (options.purity === undefined) return { kind, path, map, purity: null };
  if (!isMetal(kind)) return '--purity is for metals only';
  const purity = readPurity(String(options.purity), RATE_PURITIES[kind], kind === 'gold');
  return purity === null ? `--purity ${purityText(kind)}` : { kind, path, map, purity };
}

function isMetal(kind: Job['kind']): kind is Metal {
  return METALS.some((metal) => metal === kind);
}

function columnsOf(kind: Job['kind']): readonly ColumnRule[] {
  if (kind === 'customers' || kind === 'products') return RECORD_COLUMNS[kind];
  return kind === 'diamond' ? diamondKind.columns : metalKind(kind, null).columns;
}

async function runJob(call: CommandCall, { kind, path, purity, map }: Job): Promise<number> {
  // Whoever only tries makes no shop where none is; a first import may.
  const open = call.options['dry-run'] ? withExistingShop : withShop;
  // Each row of these is compared with what is here.
  if (kind === 'customers' || kind === 'products') {
    return open(call, (shop) => importRecords(call, shop, kind, path, map));
  }
  const useShop: UseShop = (work) => open(call, work);
  if (kind === 'diamond') {
    return runFile(call, useShop, path, map, {
      kind: diamondKind,
      describe: () => [],
      count: ({ store }, rows) => store.prices.countNewDiamonds(rows),
      add: async (shop, rows, file) => {
        const { value } = await shop.store.prices.importDiamonds(rows, file, commandLineBy(shop));
        return value;
      },
    });
  }
  return runFile(call, useShop, path, map, {
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
    doubt: (shop, rows) => doubtUnit(shop, kind, rows),
    count: ({ store }, rows) => store.prices.countNew(kind, rows),
    add: async (shop, rows, file) => {
      const before = await inForce(shop, kind);
      const { prices } = shop.store;
      const { value } = await prices.import(kind, inOrderOfForce(rows), file, commandLineBy(shop));
      for (const price of await inForce(shop, kind)) {
        if (before.some(({ id }) => id === price.id)) continue;
        const rate = `${kind} ${price.purity} ${formatRupees(price.paisePerGram)} of ${price.day}`;
        say(call, ['in force now', rate]);
      }
      return value;
    },
  });
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

/** Boards and newspapers quote 10 grams, and such a file would price the whole shop. */
async function doubtUnit(shop: Shop, metal: Metal, rows: ImportedRate[]): Promise<string | null> {
  const found = findOtherUnit(inOrderOfForce(rows), await inForce(shop, metal));
  if (!found) return null;
  const { row, rate } = found;
  return (
    `${metal} ${row.purity} would be ${formatRupees(row.paisePerGram)} per gram on ${row.day}, where the shop has ` +
    `${formatRupees(rate.paisePerGram)} for ${metal} ${rate.purity} on ${rate.day}: is the file per 10 grams, or in ` +
    'another unit?'
  );
}

async function inForce({ store, now }: Shop, metal: Metal): Promise<MetalPrice[]> {
  const found = await Promise.all(
    RATE_PURITIES[metal].map((purity) => store.prices.latest(metal, purity, now())),
  );
  return found.filter((price) => price !== null);
}
