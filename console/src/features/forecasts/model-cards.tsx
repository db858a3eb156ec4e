// The models: from what they were made, when, what was measured on what they had not seen, and what they cannot do.

import type { ReactNode } from 'react';
import { useCan } from '../../api/use-session.ts';
import { formatDateTime } from '../../format/date.ts';
import { formatNumber } from '../../format/number.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { useWords } from '../../words/say.ts';
import { EarlierModels } from './earlier-models.tsx';
import { usePredictionStatus } from './forecast-queries.ts';
import styles from './forecasts.module.css';
import { metricLine } from './model-metrics.ts';
import { TrainingSheet } from './training-sheet.tsx';
import { forecastWords } from './words/forecast-words.ts';

type Status = NonNullable<ReturnType<typeof usePredictionStatus>['data']>;

export function ModelCards() {
  const words = useWords(forecastWords);
  const query = usePredictionStatus();
  const canTrain = useCan('predictions.train');
  return (
    <QueryStates query={query}>
      {({ gold_model: gold, diamond_model: stones, reference }) => (
        <>
          <div className={styles.pair} style={{ marginTop: 0 }}>
            <ModelCard
              title={words('gold')}
              model={gold}
              data={words('goldData', { months: formatNumber(reference.gold_months) })}
              limits={words('goldLimits')}
            >
              {canTrain ? <EarlierModels target="gold" /> : null}
            </ModelCard>
            <ModelCard
              title={words('diamonds')}
              model={stones}
              data={words('stoneData', { stones: formatNumber(reference.diamonds) })}
              limits={words('stoneLimits')}
            >
              {canTrain ? <EarlierModels target="diamond" /> : null}
            </ModelCard>
          </div>
          {canTrain ? <TrainingSheet /> : null}
        </>
      )}
    </QueryStates>
  );
}

interface ModelCardProps {
  title: string;
  model: Status['gold_model'];
  data: string;
  limits: string;
  children: ReactNode;
}

function ModelCard({ title, model, data, limits, children }: ModelCardProps) {
  const words = useWords(forecastWords);
  const last = model.last_training;
  return (
    <Sheet title={title} note={last === null ? words('notTrainedTitle') : formatDateTime(last.trained_at)}>
      <div className={styles.inside}>
        <dl className={styles.facts}>
          <dt>{words('data')}</dt>
          <dd>{data}</dd>
          {last === null ? null : (
            <>
              <dt>{words('rowsUsed')}</dt>
              <dd className="figures">{formatNumber(last.data_points)}</dd>
              {Object.entries(last.metrics).map(([name, value]) => (
                <Metric key={name} name={name} value={value} />
              ))}
            </>
          )}
          <dt>{words('limits')}</dt>
          <dd>{limits}</dd>
        </dl>
        {children}
      </div>
    </Sheet>
  );
}

function Metric({ name, value }: { name: string; value: number }) {
  const words = useWords(forecastWords);
  const line = metricLine(words, name, value);
  if (line === null) return null;
  return (
    <>
      <dt>{line.label}</dt>
      <dd className="figures">{line.text}</dd>
    </>
  );
}
