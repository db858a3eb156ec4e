// One's own account: where one is signed in, sign-in codes, the password.

import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { SessionWire } from '../../../../server/src/contract/account.ts';
import { useSession } from '../../api/use-session.ts';
import { Age } from '../../ui/figures.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { errorWords } from '../../words/errors/error-words.ts';
import { useWords } from '../../words/say.ts';
import styles from './account.module.css';
import { changePassword, endSession, useSessions } from './account-queries.ts';
import { SignInCodes } from './sign-in-codes.tsx';
import { accountWords } from './words/account-words.ts';

export function AccountScreen() {
  const words = useWords(accountWords);
  const query = useSessions();
  const { me } = useSession();
  const columns = useSessionColumns();
  return (
    <>
      <Sheet title={words('sessions')} note={words('sessionsNote', { name: me?.username ?? '' })}>
        <QueryStates query={query}>
          {(sessions) => (
            <DataTable
              label={words('sessions')}
              rows={sessions}
              columns={columns}
              rowKey={({ id }) => id}
              isSorted
              empty={words('sessions')}
            />
          )}
        </QueryStates>
      </Sheet>
      <SignInCodes />
      <Sheet title={words('password')} className={styles.below}>
        <div className={styles.inside}>
          <PasswordForm />
        </div>
      </Sheet>
    </>
  );
}

function PasswordForm() {
  const words = useWords(accountWords);
  const errors = useWords(errorWords);
  const needed = (text: string) => (text === '' ? errors('ruleRequired') : null);
  const state = useShopForm({
    initial: { current_password: '', new_password: '' },
    check: (values) => ({
      current_password: needed(values.current_password),
      new_password: needed(values.new_password),
    }),
    send: async (values) => {
      await changePassword(values.current_password, values.new_password);
      state.startAfresh();
      toast(words('passwordChanged'));
    },
  });
  return (
    <ShopForm state={state} action={words('changePassword')} label={words('password')}>
      <PasswordField
        label={words('currentPassword')}
        autoComplete="current-password"
        {...state.form.getInputProps('current_password')}
      />
      <PasswordField
        label={words('newPassword')}
        description={words('newPasswordHint')}
        autoComplete="new-password"
        {...state.form.getInputProps('new_password')}
      />
    </ShopForm>
  );
}

function useSessionColumns(): Column<SessionWire>[] {
  const words = useWords(accountWords);
  return useMemo(
    () => [
      { key: 'device', header: words('device'), cell: ({ user_agent: agent }) => deviceOf(agent) },
      {
        key: 'address',
        header: words('address'),
        cell: ({ address }) => <span className="figures">{address}</span>,
        card: 'line',
      },
      {
        key: 'used',
        header: words('lastUsed'),
        cell: ({ last_used_at: at }) => <Age at={at} />,
        // Below the button, which is taller than its line under a finger, nothing has room.
        card: 'line',
      },
      {
        key: 'end',
        header: words('signOut'),
        hidesHeader: true,
        align: 'end',
        cell: ({ id, current, user_agent: agent }) =>
          current ? (
            <span className="muted">{words('thisOne')}</span>
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={words('signOutOf', { device: deviceOf(agent) })}
              onClick={() => void endSession(id).then(() => toast(words('signedOut')), toastError)}
            >
              {words('signOut')}
            </Button>
          ),
        card: 'title-end',
      },
    ],
    [words],
  );
}

const BROWSERS = ['Edg', 'OPR', 'SamsungBrowser', 'Firefox', 'Chrome', 'Safari'];
const SYSTEMS = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'];

/** `Chrome, Windows`: out of the text that browsers send, which was made to mislead. */
function deviceOf(agent: string): string {
  const browser = BROWSERS.find((name) => agent.includes(name));
  const system = SYSTEMS.find((name) => agent.includes(name));
  return [browser, system].filter((name) => name !== undefined).join(', ') || agent.slice(0, 40);
}
