// Views of a list under names of one's own: kept with the account, so that they come along to the next device.

import { ActionIcon, Button, Group, Menu, TextInput } from '@mantine/core';
import { IconBookmark, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { MeWire } from '../../../../server/src/contract/account.ts';
import { sendReply } from '../../api/client.ts';
import { readMeAgain } from '../../api/session.ts';
import { useSession } from '../../api/use-session.ts';
import { toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { orderWords } from './words/order-words.ts';

type SavedView = MeWire['preferences']['saved_views'][number];
const SCREEN = 'orders';

/** `search`: what stands in the address now. */
export function SavedViews({ search }: { search: Record<string, unknown> }) {
  const words = useWords(orderWords);
  const { me } = useSession();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const all = me?.preferences.saved_views ?? [];
  const views = all.filter(({ screen }) => screen === SCREEN);
  const keep = (next: SavedView[]) =>
    sendReply('PUT', '/api/auth/me/preferences', { body: { saved_views: next } }).then(
      readMeAgain,
      toastError,
    );
  const save = () => {
    const { add: _add, ...kept } = search;
    const view = { screen: SCREEN, name: name.trim(), query: JSON.stringify(kept) };
    if (view.name === '') return;
    setName('');
    void keep([...all.filter((each) => each.screen !== SCREEN || each.name !== view.name), view]);
  };
  return (
    <Menu position="bottom-end" width={280} closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconBookmark size={16} aria-hidden="true" />}>
          {words('views')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.map((view) => (
          <Group key={view.name} gap={0} wrap="nowrap">
            <Menu.Item
              closeMenuOnClick
              onClick={() => void navigate({ to: '/orders', search: readQuery(view.query) })}
            >
              {view.name}
            </Menu.Item>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words('forgetView', { name: view.name })}
              onClick={() => void keep(all.filter((each) => each !== view))}
            >
              <IconX size={14} />
            </ActionIcon>
          </Group>
        ))}
        {views.length === 0 ? <Menu.Label>{words('noViews')}</Menu.Label> : <Menu.Divider />}
        <Group gap={8} p={8} wrap="nowrap">
          <TextInput
            aria-label={words('viewName')}
            placeholder={words('viewName')}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') save();
            }}
          />
          <Button variant="default" disabled={name.trim() === ''} onClick={save}>
            {words('keepView')}
          </Button>
        </Group>
      </Menu.Dropdown>
    </Menu>
  );
}

function readQuery(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // A view that another program saved in its own form: the whole list.
    return {};
  }
}
