import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { isApiError } from '../../api/api-error.ts';
import { errorText, fieldTexts } from '../../api/error-text.ts';
import { signIn } from '../../api/session.ts';
import { focusOnArrival } from '../../ui/form/focus-on-arrival.ts';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { errorWords } from '../../words/errors/error-words.ts';
import { useWords } from '../../words/say.ts';
import { sessionWords } from './words/session-words.ts';

/** What makes a new password where nobody can sign in. */
const RESET = 'npx swati reset-password';

interface SignInFormProps {
  /** Given when somebody's session has ended: then only the password is asked for. */
  username?: string;
  onSignedIn?: () => void;
}

export function SignInForm({ username, onSignedIn }: SignInFormProps) {
  const words = useWords(sessionWords);
  const errors = useWords(errorWords);
  const [asksCode, setAsksCode] = useState(false);
  const needed = (text: string) => (text.trim() === '' ? errors('ruleRequired') : null);
  const state = useShopForm({
    initial: { username: username ?? '', password: '', code: '' },
    check: ({ username: name, password, code }) => ({
      username: needed(name),
      password: needed(password),
      code: asksCode ? needed(code) : null,
    }),
    send: async (values) => {
      try {
        await signIn(values.username.trim(), values.password, values.code.trim());
      } catch (error) {
        if (!isApiError(error) || error.type !== 'totp_needed' || asksCode) throw error;
        // The password was right: the same again, with the code.
        return setAsksCode(true);
      }
      onSignedIn?.();
    },
    place: (error) =>
      isApiError(error) && error.type === 'totp_wrong' ? { code: errorText(error) } : fieldTexts(error),
  });
  return (
    <ShopForm
      state={state}
      action={words('submit')}
      label={words('title')}
      showsKeys={false}
      aside={
        isApiError(state.problem, 'login_failed') ? (
          <p className="muted">{words('forgotten', { command: RESET })}</p>
        ) : null
      }
    >
      <TextInput
        label={words('username')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        readOnly={username !== undefined}
        data-autofocus={username === undefined ? true : undefined}
        {...state.form.getInputProps('username')}
      />
      <PasswordField
        label={words('password')}
        autoComplete="current-password"
        data-autofocus={username === undefined ? undefined : true}
        {...state.form.getInputProps('password')}
      />
      {asksCode ? (
        <TextInput
          label={words('code')}
          description={words('codeHint')}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          ref={focusOnArrival}
          {...state.form.getInputProps('code')}
        />
      ) : null}
    </ShopForm>
  );
}
