// Trainings: one that runs, with how far it is and what stops it; how the last one ended; and what starts the next.

import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import type { TrainingJobWire } from '../../../../server/src/contract/prediction.ts';
import { formatPercent } from '../../format/number.ts';
import { Age } from '../../ui/figures.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { isOpen, retrain, stopTraining, useTrainings } from './forecast-queries.ts';
import styles from './forecasts.module.css';
import { forecastWords } from './words/forecast-words.ts';

/** The contract's text for too few rows. */
const TOO_FEW = /Found (\d+) records, need at least (\d+)/;

export function TrainingSheet() {
  const words = useWords(forecastWords);
  const [isAsked, setAsked] = useState(false);
  const query = useTrainings(isAsked);
  return (
    <Sheet title={words('training')} className={styles.below}>
      <QueryStates query={query}>
        {(jobs) => (
          <div className={styles.inside}>
            <div role="status">
              <LastTraining job={jobs.find((job) => !isOpen(job))} />
            </div>
            {jobs.filter(isOpen).map((job) => (
              <OpenTraining key={job.id} job={job} />
            ))}
            <Button
              style={{ justifySelf: 'start' }}
              variant="default"
              loading={isAsked}
              disabled={jobs.some(isOpen)}
              onClick={() => {
                setAsked(true);
                retrain()
                  .catch(toastError)
                  .finally(() => setAsked(false));
              }}
            >
              {words('train')}
            </Button>
          </div>
        )}
      </QueryStates>
    </Sheet>
  );
}

function OpenTraining({ job }: { job: TrainingJobWire }) {
  const words = useWords(forecastWords);
  const [working, setWorking] = useState(false);
  const percent = 100 * job.progress;
  const text =
    job.state === 'waiting' ? words('trainingWaits') : words('learning', { percent: formatPercent(percent) });
  return (
    <div className={styles.row}>
      <div className={styles.progress}>
        <span className="figures">{text}</span>
        <Progress value={percent} aria-label={words('training')} />
      </div>
      <Button
        variant="default"
        loading={working || job.cancel_requested}
        onClick={() => {
          setWorking(true);
          stopTraining(job.id)
            .catch(toastError)
            .finally(() => setWorking(false));
        }}
      >
        {words('stopTraining')}
      </Button>
    </div>
  );
}

/** When and how the last one ended, and of each kind of models what serves now. */
function LastTraining({ job }: { job: TrainingJobWire | undefined }) {
  const words = useWords(forecastWords);
  if (job === undefined) return words('noTraining');
  const { state, error, outcome } = job;
  const age = <Age at={job.ended_at ?? job.requested_at} />;
  const ended = words.rich(state === 'cancelled' ? 'trainingStopped' : 'trainingEnded', { age });
  return (
    <>
      <div>
        {error === null ? (
          ended
        ) : (
          <span className="out">{words.rich('trainingFailed', { age, reason: error })}</span>
        )}
      </div>
      {(['gold', 'diamond'] as const).map((target) => (
        <TargetEnd key={target} target={target} end={outcome[target]} />
      ))}
    </>
  );
}

interface TargetEndProps {
  target: 'gold' | 'diamond';
  end: TrainingJobWire['outcome']['gold'];
}

function TargetEnd({ target, end }: TargetEndProps) {
  const words = useWords(forecastWords);
  if (end === undefined) return null;
  const what = words(target === 'gold' ? 'gold' : 'diamonds');
  if (end.success) return <div>{words('newModelsServe', { what })}</div>;
  const [, found, needed] = TOO_FEW.exec(end.error ?? '') ?? [];
  const reason =
    found === undefined || needed === undefined ? (end.error ?? '') : words('tooFewRows', { found, needed });
  return <div className="out">{words('noNewModels', { what, reason })}</div>;
}
