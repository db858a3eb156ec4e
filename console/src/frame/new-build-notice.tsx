import { Button } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { isBuildOld, onBuildOld } from '../api/build.ts';
import { useWords } from '../words/say.ts';
import styles from './notice.module.css';
import { frameWords } from './words/frame-words.ts';

/** The shop was given another build meanwhile: this page goes on as it is until the person loads that one. */
export function NewBuildNotice() {
  const words = useWords(frameWords);
  if (!useSyncExternalStore(onBuildOld, isBuildOld)) return null;
  return (
    <div className={styles.notice} data-tone="news" role="status">
      <IconSparkles size={18} aria-hidden="true" />
      <span className={styles.text}>{words('newBuild')}</span>
      <Button size="compact-sm" variant="default" onClick={() => location.reload()}>
        {words('loadNewBuild')}
      </Button>
    </div>
  );
}
