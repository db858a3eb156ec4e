import { Checkbox, Stack } from '@mantine/core';
import type { Permission } from '../../api/session.ts';
import { useWords } from '../../words/say.ts';
import styles from './people.module.css';
import { PERMISSION_GROUPS } from './permissions.ts';
import { peopleWords } from './words/people-words.ts';

interface PermissionBoxesProps {
  value: readonly Permission[];
  onChange: (value: Permission[]) => void;
}

/** One box a permission, grouped by the room it opens. */
export function PermissionBoxes({ value, onChange }: PermissionBoxesProps) {
  const words = useWords(peopleWords);
  const toggle = (permission: Permission, checked: boolean) =>
    onChange(checked ? [...value, permission] : value.filter((held) => held !== permission));
  return (
    <div className={styles.groups}>
      {PERMISSION_GROUPS.map(({ name, permissions }) => (
        <fieldset key={name} className="plain">
          <legend className={styles.legend}>{words(`group_${name}`)}</legend>
          <Stack gap={6}>
            {permissions.map((permission) => (
              <Checkbox
                key={permission}
                label={words(permission)}
                checked={value.includes(permission)}
                onChange={(event) => toggle(permission, event.currentTarget.checked)}
              />
            ))}
          </Stack>
        </fieldset>
      ))}
    </div>
  );
}
