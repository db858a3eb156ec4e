import { PasswordInput, TextInput } from '@mantine/core';
import { signIn } from '../../api/session.ts';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { errorWords } from '../../words/errors/error-words.ts';
import { useWords } from '../../words/say.ts';
import { sessionWords } from './words/session-words.ts';

interface SignInFormProps {
  /** Given when somebody's session has ended: then only the password is asked for. */
  username?: string;
  onSignedIn?: () => void;
}

export function SignInForm({ username, onSignedIn }: SignInFormProps) {
  const words = useWords(sessionWords);
  const errors = useWords(errorWords);
  const needed = (text: string) => (text.trim() === '' ? errors('ruleRequired') : null);
  const state = useShopForm({
    initial: { username: username ?? '', password: '' },
    check: ({ username: name, password }) => ({ username: needed(name), password: needed(password) }),
    send: async (values) => {
      await signIn(values.username.trim(), values.password);
      onSignedIn?.();
    },
  });
  return (
    <ShopForm state={state} action={words('submit')} label={words('title')} showsKeys={false}>
      <TextInput
        label={words('username')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        readOnly={username !== undefined}
        data-autofocus={username === undefined ? true : undefined}
        {...state.form.getInputProps('username')}
      />
      <PasswordInput
        label={words('password')}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': words('showPassword') }}
        data-autofocus={username === undefined ? undefined : true}
        {...state.form.getInputProps('password')}
      />
    </ShopForm>
  );
}
