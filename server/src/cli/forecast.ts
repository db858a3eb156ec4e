import { FileRefused } from '../features/prices/import-table.ts';
import { type Command, type CommandCall, EXIT } from './command.ts';
import { DIAMOND_OPTIONS, forecastDiamond } from './forecast-diamond.ts';
import { WrongWords } from './forecast-files.ts';
import { forecastGold, GOLD_OPTIONS } from './forecast-gold.ts';

const KINDS = {
  gold: { options: GOLD_OPTIONS, run: forecastGold },
  diamond: { options: DIAMOND_OPTIONS, run: forecastDiamond },
};

export const forecast: Command = {
  name: 'forecast',
  summary: 'Forecast from files alone, without a shop: for those who want to check us.',
  words: 'gold|diamond',
  maxWords: 1,
  options: {
    ...GOLD_OPTIONS,
    ...DIAMOND_OPTIONS,
    map: {
      type: 'string',
      multiple: true,
      value: 'OURS=THEIRS',
      help: 'Where a file calls a column otherwise; as often as needed.',
    },
  },
  notes: [
    'swati forecast gold --csv FILE --as-of DATE[,DATE...]|@FILE [--days N,...] [--levels P,...]',
    '  FILE has the columns date, price_per_gram. A forecast sees only rows up to and including its date; the days',
    '  after it are calendar days. Prints a JSON line {as_of, days, quantiles} per date and horizon: at each of the',
    '  levels, the price below which the price on that day lies so often. @FILE has one date a line.',
    'swati forecast diamond --train A.csv --stones B.csv [--features 4c|all] [--seed N]',
    '  A has the columns carat, cut, color, clarity, price and for `all` depth, table, x, y, z; B the same without the',
    "  price. Prints a JSON line {price, lower_90, upper_90, lower_95, upper_95, extrapolated} per stone in A's unit of",
    '  price. Trained anew each time: half a minute to some minutes for 50,000 rows. Without --features all columns',
    '  are used where both files have them. `Premium` and `Excellent` are one cut.',
    'Files may be gzipped; commas, semicolons or tabs divide the columns. Days: 2026-01-15, 15/01/2026 (always day',
    'first) or 15 Jan 2026. Amounts also as ₹1,23,456.00. A wrong row is named by its line, and then nothing is printed.',
  ],
  run: async (call) => {
    try {
      return await runKind(call);
    } catch (error) {
      const isUsage = error instanceof WrongWords;
      if (!isUsage && !(error instanceof FileRefused)) throw error;
      call.terminal.err(
        `swati forecast: ${error.message}${isUsage ? '. See swati forecast --help' : '; nothing was forecast'}`,
      );
      return isUsage ? EXIT.usage : EXIT.failed;
    }
  },
};

async function runKind(call: CommandCall): Promise<number> {
  const name = call.words[0];
  if (name !== 'gold' && name !== 'diamond') {
    throw new WrongWords('what is forecast must be gold or diamond');
  }
  const stranger = Object.keys(call.options).find(
    (option) => option !== 'map' && !Object.hasOwn(KINDS[name].options, option),
  );
  if (stranger !== undefined) throw new WrongWords(`--${stranger} is not for ${name}`);
  return KINDS[name].run(call);
}
