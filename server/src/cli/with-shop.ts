import { ConfigRefused } from '../config.ts';
import { ShopError } from '../domain/shop-error.ts';
import { describeRefusal } from '../http/error-table.ts';
import type { Shop } from '../http/shop.ts';
import { openShop, refuseAbsentShop } from '../serving/open-shop.ts';
import { isNoAnswer, StoreRefused, StoreUnreachable } from '../store/store-refused.ts';
import { describeFileTrouble } from '../system/file-trouble.ts';
import { type CommandCall, EXIT, type Terminal } from './command.ts';

/** Opens the shop of the settings, runs the work and closes it again, whatever comes of it. */
export async function withShop(call: CommandCall, work: (shop: Shop) => Promise<number>): Promise<number> {
  const config = call.settings();
  const die = (error: Error): never => {
    // What was under way is unknown; the writer is gone, so nothing more can be done here.
    call.terminal.err(`the database stopped: ${error.message}`);
    process.exit(EXIT.failed);
  };
  const shop = await openShop(config, die, { say: call.terminal.err });
  try {
    return await work(shop);
  } finally {
    await shop.store.close();
  }
}

/** The same for a command that makes no sense without one: a wrong DATA_DIR shall not look like an empty shop. */
export async function withExistingShop(
  call: CommandCall,
  work: (shop: Shop) => Promise<number>,
): Promise<number> {
  await refuseAbsentShop(call.settings());
  return withShop(call, work);
}

/** Says what happened, for people, and answers the exit code. */
export function explainFailure(name: string, error: unknown, terminal: Terminal): number {
  if (error instanceof ConfigRefused) {
    for (const problem of error.problems) terminal.err(problem);
    return EXIT.config;
  }
  if (error instanceof StoreRefused) {
    terminal.err(error.message);
    return error instanceof StoreUnreachable ? EXIT.failed : EXIT.config;
  }
  if (error instanceof ShopError) {
    const { message } = describeRefusal(error.refusal);
    const fields = error.refusal.fields?.map((problem) => `${problem.field} ${problem.limit}`).join('; ');
    terminal.err(`swati ${name}: ${message}${fields === undefined ? '' : ` (${fields})`}`);
    return EXIT.failed;
  }
  const text = error instanceof Error ? error.message : String(error);
  if (isNoAnswer(error)) {
    terminal.err(`swati ${name}: the MongoDB servers did not answer (${text}): run it again when they do`);
    return EXIT.failed;
  }
  terminal.err(`swati ${name}: ${describeFileTrouble(error) ?? text}`);
  return EXIT.failed;
}
