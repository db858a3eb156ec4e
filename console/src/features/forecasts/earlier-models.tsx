import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatDateTime } from '../../format/date.ts';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { putInService, useEarlierModels, useServingModels } from './forecast-queries.ts';
import styles from './forecasts.module.css';
import { forecastWords } from './words/forecast-words.ts';

/** The models that stand beside those in service, and may take their place; nothing where there are none. */
export function EarlierModels({ target }: { target: 'gold' | 'diamond' }) {
  const words = useWords(forecastWords);
  const [working, setWorking] = useState(false);
  const serving = useServingModels().data?.models ?? [];
  const kept = useEarlierModels().data?.filter((model) => model.target === target) ?? [];
  const newest = kept
    .map(({ trained_at: at }) => at)
    .toSorted()
    .at(-1);
  if (newest === undefined) return null;
  const at = formatDateTime(newest);
  const replaced = serving.filter(({ name }) => kept.some((model) => model.name === name));
  return (
    <div className={styles.row}>
      <span>{words('alsoKept', { at })}</span>
      <Button
        variant="default"
        loading={working}
        onClick={() => {
          setWorking(true);
          putInService(kept)
            .then(
              () =>
                toast(words('servesAgain', { at }), { undo: () => putInService(replaced), about: [target] }),
              toastError,
            )
            .finally(() => setWorking(false));
        }}
      >
        {words('putInService')}
      </Button>
    </div>
  );
}
