import { useSyncExternalStore } from 'react';
import { frameWords } from '../../frame/words/frame-words.ts';
import { useWords } from '../../words/say.ts';
import { Dialog } from '../dialog/dialog.tsx';
import { Keys } from './keys.tsx';
import { getShortcuts, onShortcuts } from './registry.ts';
import styles from './shortcut-help.module.css';

const GROUPS = [
  { group: 'here', word: 'shortcutsHere' },
  { group: 'everywhere', word: 'shortcutsEverywhere' },
  { group: 'go', word: 'shortcutsGo' },
] as const;

/** What `?` shows: the keys that work on this screen at this moment. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const words = useWords(frameWords);
  const shortcuts = useSyncExternalStore(onShortcuts, getShortcuts);
  return (
    <Dialog opened title={words('shortcuts')} onClose={onClose} size={560}>
      <div className={styles.groups}>
        {GROUPS.map(({ group, word }) => {
          const here = shortcuts.filter((each) => each.group === group);
          if (here.length === 0) return null;
          return (
            <section key={group}>
              <h3>{words(word)}</h3>
              <dl>
                {here.map(({ keys, label }) => (
                  <div key={keys}>
                    <dt>{label}</dt>
                    <dd>
                      <span className="unseen">{keys}</span>
                      <Keys keys={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
