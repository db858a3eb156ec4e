// The owner's switch by role: whose accounts need sign-in codes.

import { Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { readMeAgain } from '../../api/session.ts';
import { useSession } from '../../api/use-session.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { changeSettings, useSettings } from '../settings/settings-queries.ts';
import styles from './people.module.css';
import { peopleWords } from './words/people-words.ts';

const ROLES = ['admin', 'staff'] as const;

export function CodesByRole() {
  const words = useWords(peopleWords);
  const { me } = useSession();
  const query = useSettings();
  const [working, setWorking] = useState(false);
  if (me?.role !== 'admin') return null;

  async function change(roles: ('admin' | 'staff' | 'user')[], version: number): Promise<void> {
    setWorking(true);
    try {
      await changeSettings({ totp_roles: roles }, version);
      toast(words('codesSaved'));
      // It may be oneself who has to set them up now.
      await readMeAgain();
    } catch (error) {
      toastError(error);
      await query.refetch();
    } finally {
      setWorking(false);
    }
  }

  return (
    <Sheet title={words('codes')} note={words('codesNote')} className={styles.below}>
      <QueryStates query={query}>
        {({ totp_roles: roles, version }) => (
          <Stack className={styles.inside} gap="md">
            {ROLES.map((role) => (
              <Switch
                key={role}
                label={words(`codesRequired_${role}`)}
                description={words('codesRequiredHint')}
                checked={roles.includes(role)}
                disabled={working}
                onChange={(event) =>
                  void change(
                    event.currentTarget.checked ? [...roles, role] : roles.filter((each) => each !== role),
                    version,
                  )
                }
              />
            ))}
          </Stack>
        )}
      </QueryStates>
    </Sheet>
  );
}
