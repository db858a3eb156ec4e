import styles from './keys.module.css';

const IS_MAC = /mac|iphone|ipad/i.test(navigator.platform);
const NAMES: Record<string, string> = { mod: IS_MAC ? '⌘' : 'Ctrl', Escape: 'Esc', Enter: 'Enter' };

/** A shortcut as keycaps. Only for the eye: what a control does is said by its name. */
export function Keys({ keys }: { keys: string }) {
  const caps = keys.split(' ').map((each) =>
    each
      .split('+')
      .map((key) => NAMES[key] ?? key.toUpperCase())
      .join(' '),
  );
  return (
    <span className={styles.keys} aria-hidden="true">
      {caps.map((cap, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the caps of one shortcut never move.
        <kbd key={index}>{cap}</kbd>
      ))}
    </span>
  );
}
