// The people who use the shop: who they are, what they may do, when they were last here.

import { IconUserPlus } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { UserWire } from '../../../../server/src/contract/account.ts';
import { useCan } from '../../api/use-session.ts';
import { Age } from '../../ui/figures.tsx';
import { MainAction } from '../../ui/layout/main-action.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { NoPermission } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useWords } from '../../words/say.ts';
import { CodesByRole } from './codes-by-role.tsx';
import styles from './people.module.css';
import { usePeople } from './people-queries.ts';
import type { PeopleSearch } from './people-search.ts';
import { PersonDialog } from './person-dialog.tsx';
import { peopleWords } from './words/people-words.ts';

const route = getRouteApi('/frame/settings/people');

export function PeopleScreen() {
  const words = useWords(peopleWords);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/settings/people' });
  const query = usePeople();
  const change = (next: PeopleSearch) => void navigate({ to: '.', search: next, replace: true });
  const columns = usePeopleColumns();
  if (!useCan('users.manage')) return <NoPermission />;
  return (
    <>
      <Sheet
        title={words('title')}
        note={words('note')}
        link={<MainAction label={words('add')} icon={IconUserPlus} onClick={() => change({ add: true })} />}
      >
        <QueryStates query={query}>
          {(people) => (
            <DataTable
              label={words('title')}
              rows={people}
              columns={columns}
              rowKey={({ id }) => id}
              onOpen={({ id }) => change({ person: id })}
              empty={words('note')}
            />
          )}
        </QueryStates>
      </Sheet>
      <CodesByRole />
      <PersonDialog
        opened={search.add === true || search.person !== undefined}
        person={query.data?.find(({ id }) => id === search.person)}
        onClose={() => change({})}
      />
    </>
  );
}

function usePeopleColumns(): Column<UserWire>[] {
  const words = useWords(peopleWords);
  return useMemo(
    () => [
      { key: 'username', header: words('username'), cell: ({ username }) => username },
      { key: 'email', header: words('email'), cell: ({ email }) => email, card: 'line', wideOnly: true },
      {
        key: 'role',
        header: words('role'),
        cell: ({ role, is_active: active }) =>
          active ? words(`role_${role}`) : <span className={styles.off}>{words('disabled')}</span>,
        card: 'title-end',
      },
      {
        key: 'rights',
        header: words('rights'),
        align: 'end',
        cell: ({ role, permissions }) =>
          role === 'admin' ? words('everything') : words('rightsCount', { count: permissions.length }),
        wideOnly: true,
      },
      {
        key: 'codes',
        header: words('codes'),
        cell: ({ totp }) => (totp ? words('codesOn') : <span className="muted">{words('codesOff')}</span>),
        wideOnly: true,
      },
      {
        key: 'last',
        header: words('lastLogin'),
        cell: ({ last_login: at }) =>
          at === null ? <span className="muted">{words('never')}</span> : <Age at={at} />,
        card: 'line-end',
      },
    ],
    [words],
  );
}
