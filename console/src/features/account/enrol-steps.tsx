// Sign-in codes in three steps: the password, the app's first code, the recovery codes to keep.

import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { focusOnArrival } from '../../ui/form/focus-on-arrival.ts';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import { errorWords } from '../../words/errors/error-words.ts';
import { useWords } from '../../words/say.ts';
import styles from './account.module.css';
import { confirmEnrolment, type Enrolment, enrol } from './code-queries.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { accountWords } from './words/account-words.ts';

const QR_SIZE = 200;
const GROUP = /.{4}/g;

export function EnrolSteps({ onDone }: { onDone: () => void }) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={onDone} />;
  if (enrolment !== null) return <ConfirmForm enrolment={enrolment} onConfirmed={setCodes} />;
  return <PasswordForm onEnrolled={setEnrolment} />;
}

function PasswordForm({ onEnrolled }: { onEnrolled: (enrolment: Enrolment) => void }) {
  const words = useWords(accountWords);
  const errors = useWords(errorWords);
  const state = useShopForm({
    initial: { current_password: '' },
    check: (values) => ({ current_password: values.current_password === '' ? errors('ruleRequired') : null }),
    send: async (values) => onEnrolled(await enrol(values.current_password)),
  });
  return (
    <ShopForm state={state} action={words('goOn')} label={words('codes')} showsKeys={false}>
      <Text>{words('codesText')}</Text>
      <PasswordField
        label={words('currentPassword')}
        autoComplete="current-password"
        data-autofocus
        {...state.form.getInputProps('current_password')}
      />
    </ShopForm>
  );
}

interface ConfirmFormProps {
  enrolment: Enrolment;
  onConfirmed: (codes: string[]) => void;
}

function ConfirmForm({ enrolment, onConfirmed }: ConfirmFormProps) {
  const words = useWords(accountWords);
  const errors = useWords(errorWords);
  const state = useShopForm({
    initial: { totp: '' },
    check: ({ totp }) => ({ totp: totp.trim() === '' ? errors('ruleRequired') : null }),
    send: async ({ totp }) => onConfirmed(await confirmEnrolment(totp)),
  });
  return (
    <ShopForm state={state} action={words('switchOn')} label={words('codes')} showsKeys={false}>
      <Text>{words('scan')}</Text>
      <div className={styles.code}>
        <QrCode text={enrolment.address} size={QR_SIZE} label={words('qrLabel')} />
      </div>
      <div>
        <Text c="var(--ink-2)">{words('orType')}</Text>
        <code className={styles.key}>{enrolment.secret.match(GROUP)?.join(' ')}</code>
      </div>
      <TextInput
        label={words('appCode')}
        description={words('appCodeHint')}
        autoComplete="one-time-code"
        inputMode="numeric"
        ref={focusOnArrival}
        {...state.form.getInputProps('totp')}
      />
    </ShopForm>
  );
}
