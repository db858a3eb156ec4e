import pino from 'pino';
import { type ModelCard, targetOf } from '../domain/trained-model.ts';
import { TRAINING_TARGETS, type TrainingJob, type TrainingTarget } from '../domain/training-job.ts';
import { Trainer } from '../features/predictions/trainer.ts';
import type { Shop } from '../http/shop.ts';
import { type Command, type CommandCall, EXIT, type Terminal } from './command.ts';
import { commandLineBy } from './command-line-by.ts';
import { withExistingShop } from './with-shop.ts';

const LOOK_EVERY_MS = 200;

export const train: Command = {
  name: 'train',
  summary: 'Train the prediction models anew, or put the ones before them back.',
  words: '[gold|diamond|all]',
  maxWords: 1,
  options: {
    rollback: { type: 'boolean', help: 'Put the models that served before the last training back.' },
  },
  notes: [
    'A running server serves the new models with its next answer. While another training runs, this one waits.',
    'With the open reference data all models take about two minutes; a model that fails leaves the older one serving.',
  ],
  run: (call) => {
    const word = call.words[0] ?? 'all';
    const targets = word === 'all' ? [...TRAINING_TARGETS] : TRAINING_TARGETS.filter((name) => name === word);
    if (targets.length === 0) {
      call.terminal.err(`swati train: "${word}" is no model; say gold, diamond or all`);
      return Promise.resolve(EXIT.usage);
    }
    return withExistingShop(call, (shop) =>
      (call.options.rollback ? rollBack : trainNow)(shop, targets, call),
    );
  },
};

async function trainNow(shop: Shop, targets: TrainingTarget[], { terminal }: CommandCall): Promise<number> {
  const trainer = new Trainer(shop, pino({ level: 'silent' }), { untilDone: true });
  try {
    let job = await trainer.request(targets, 'asked', commandLineBy(shop));
    while (job.state === 'waiting' || job.state === 'running') {
      const what = job.state === 'waiting' ? 'waiting for another training' : job.step;
      terminal.progress(`${Math.round(100 * job.progress)}% ${what} ...`);
      job = (await trainer.waitFor(job.id, LOOK_EVERY_MS)) ?? job;
    }
    terminal.progress('');
    report(job, targets, await shop.store.models.list(), terminal);
    return targets.every((target) => job.outcome[target]?.ok) ? EXIT.ok : EXIT.failed;
  } finally {
    await trainer.stop();
  }
}

function report(
  job: TrainingJob,
  targets: readonly TrainingTarget[],
  cards: readonly ModelCard[],
  terminal: Terminal,
): void {
  for (const target of targets) {
    const outcome = job.outcome[target];
    for (const name of outcome?.models ?? []) {
      const card = cards.find((candidate) => candidate.name === name);
      if (card) terminal.out(lineOf(card));
    }
    if (outcome?.ok) continue;
    terminal.err(`${target.padEnd(18)}${outcome?.error ?? job.error ?? `the training was ${job.state}`}`);
  }
}

/** How wrong it was on what it had not seen, in words that need no statistics. */
function lineOf({ name, dataPoints, basis, metrics }: ModelCard): string {
  const from = basis === 'reference' ? 'open reference rows' : "of the shop's rows";
  const off = metrics.mape === undefined ? '' : `, off by ${metrics.mape.toFixed(1)}% on rows held back`;
  return `${name.padEnd(18)}trained from ${dataPoints} ${from}${off}`;
}

async function rollBack(shop: Shop, targets: TrainingTarget[], { terminal }: CommandCall): Promise<number> {
  const previous = (await shop.store.models.listPrevious()).filter(({ name }) =>
    targets.includes(targetOf(name)),
  );
  if (previous.length === 0) {
    terminal.err('swati train: there is no earlier model to put back');
    return EXIT.failed;
  }
  const { value } = await shop.store.models.rollback(
    previous.map(({ name, version }) => ({ name, version })),
    commandLineBy(shop),
  );
  for (const { name, version } of value) terminal.out(`${name.padEnd(18)}${version} serves again`);
  return EXIT.ok;
}
