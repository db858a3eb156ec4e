// The first account of an empty shop. Whoever made it is signed in at once.

import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { getData } from '../../api/client.ts';
import { exchange } from '../../api/exchange.ts';
import { queryClient } from '../../api/query-client.ts';
import { signIn } from '../../api/session.ts';
import { OutsidePage } from '../../frame/outside-page.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { useWords } from '../../words/say.ts';
import { setupWords } from './words/setup-words.ts';

export function SetupScreen() {
  const words = useWords(setupWords);
  const setup = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => getData<{ needed: boolean }>('/api/setup', {}, signal),
  });
  // The terminal prints a link that carries the code; what follows # never reaches a server or its log.
  const hash = useLocation({ select: (location) => location.hash });
  const code = new URLSearchParams(hash).get('code') ?? '';
  const isClosed = setup.data?.needed === false;
  return (
    <OutsidePage
      title={words(isClosed ? 'closedTitle' : 'title')}
      text={words(isClosed ? 'closedText' : 'intro')}
    >
      <QueryStates query={setup}>
        {({ needed }) =>
          needed ? (
            <SetupForm key={code} code={code} />
          ) : (
            <Button component={Link} to="/sign-in" fullWidth>
              {words('signIn')}
            </Button>
          )
        }
      </QueryStates>
    </OutsidePage>
  );
}

function SetupForm({ code }: { code: string }) {
  const words = useWords(setupWords);
  const navigate = useNavigate();
  const state = useShopForm({
    initial: { code, username: '', email: '', password: '' },
    send: async (account) => {
      await exchange({ method: 'POST', path: '/api/setup', body: account });
      await signIn(account.username.trim(), account.password);
      await navigate({ to: '/today', replace: true });
      // Whoever goes back is not asked for a first account again.
      queryClient.setQueryData(['setup'], { needed: false });
    },
  });
  const { form } = state;
  const latin = { autoCapitalize: 'none', spellCheck: false } as const;
  return (
    <ShopForm state={state} action={words('submit')} label={words('title')}>
      <TextInput
        label={words('code')}
        description={words('codeHint')}
        autoComplete="one-time-code"
        required
        {...latin}
        {...form.getInputProps('code')}
      />
      <TextInput
        label={words('username')}
        autoComplete="username"
        required
        {...latin}
        {...form.getInputProps('username')}
      />
      <TextInput
        label={words('email')}
        type="email"
        autoComplete="email"
        required
        {...latin}
        {...form.getInputProps('email')}
      />
      <PasswordField
        label={words('password')}
        description={words('passwordHint')}
        autoComplete="new-password"
        required
        {...form.getInputProps('password')}
      />
    </ShopForm>
  );
}
