// What the store says of the shop as a whole: the same whichever process asks, so it is read once.

import { gauge, type Metric, type Sample } from '../../domain/metric.ts';
import type { Shop } from '../../http/shop.ts';

export async function readShopMetrics({ store, now, config }: Shop): Promise<Metric[]> {
  const at = now();
  const [vitals, models] = await Promise.all([store.vitals(), store.models.list()]);
  const { position, openJobs: jobs, backupMade: made, backupFailed: failed } = vitals;
  const seconds = (since: number): number => Math.max(0, at - since) / 1000;
  const running = jobs.find(({ state }) => state === 'running');
  const ages = models.map(
    ({ name, trainedAt }): Sample => ({ suffix: '', labels: `model="${name}"`, value: seconds(trainedAt) }),
  );
  return [
    {
      name: 'swati_info',
      help: 'Which program this is',
      type: 'gauge',
      samples: [{ suffix: '', labels: `version="${config.version}"`, value: 1 }],
    },
    gauge('swati_journal_position', 'The number of the last journal entry', position),
    gauge('swati_trainings_waiting', 'Trainings that nobody runs yet', jobs.length - (running ? 1 : 0)),
    gauge(
      'swati_training_progress',
      'Of the training that runs, from 0 to 1; -1: none does',
      running?.progress ?? -1,
    ),
    {
      name: 'swati_model_age_seconds',
      help: 'Since the model in service was trained',
      type: 'gauge',
      samples: ages,
    },
    // An archive counts as made once it was restored aside and compared.
    gauge(
      'swati_backup_age_seconds',
      'Since the last verified backup; -1: there is none',
      made ? seconds(made.at) : -1,
    ),
    gauge(
      'swati_backup_failed',
      '1: the newest backup failed',
      Number((failed?.seq ?? 0) > (made?.seq ?? 0)),
    ),
  ];
}
