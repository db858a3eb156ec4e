// Sign-in codes of one's own account: whether they are on, and what can be done about it.

import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '../../api/use-session.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { errorWords } from '../../words/errors/error-words.ts';
import { useWords } from '../../words/say.ts';
import styles from './account.module.css';
import { renewRecoveryCodes, switchCodesOff } from './code-queries.ts';
import { EnrolSteps } from './enrol-steps.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { accountWords } from './words/account-words.ts';

const FEW_CODES = 3;

export function SignInCodes() {
  const words = useWords(accountWords);
  const { me } = useSession();
  const [open, setOpen] = useState<'enrol' | 'renew' | 'off' | null>(null);
  const close = () => setOpen(null);
  if (me === null) return null;
  const left = me.recovery_codes_left ?? 0;
  return (
    <Sheet title={words('codes')} className={styles.below}>
      <div className={styles.inside}>
        <Text mb="md">{me.totp ? words('codesOn', { count: left }) : words('codesText')}</Text>
        {me.totp && left <= FEW_CODES ? (
          <Text c="var(--out)" mb="md">
            {words('fewCodes')}
          </Text>
        ) : null}
        {me.totp ? (
          <Group>
            <Button variant="default" onClick={() => setOpen('renew')}>
              {words('renewCodes')}
            </Button>
            <Button variant="default" onClick={() => setOpen('off')}>
              {words('switchOff')}
            </Button>
          </Group>
        ) : (
          <Button variant="default" onClick={() => setOpen('enrol')}>
            {words('setUp')}
          </Button>
        )}
      </div>
      <Dialog opened={open === 'enrol'} title={words('setUp')} onClose={close}>
        <EnrolSteps onDone={close} />
      </Dialog>
      <Dialog opened={open === 'renew'} title={words('renewCodes')} onClose={close}>
        <RenewSteps onDone={close} />
      </Dialog>
      <Dialog opened={open === 'off'} title={words('switchOff')} onClose={close}>
        <ProofForm
          action={words('switchOff')}
          text={words('offText')}
          send={async (password, code) => {
            await switchCodesOff(password, code);
            close();
            toast(words('codesAreOff'));
          }}
        />
      </Dialog>
    </Sheet>
  );
}

function RenewSteps({ onDone }: { onDone: () => void }) {
  const words = useWords(accountWords);
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={onDone} />;
  return (
    <ProofForm
      action={words('renewCodes')}
      text={words('renewText')}
      send={async (password, code) => setCodes(await renewRecoveryCodes(password, code))}
    />
  );
}

interface ProofFormProps {
  action: string;
  text: string;
  send: (password: string, code: string) => Promise<void>;
}

/** Password and code, as what takes protection away asks for. */
function ProofForm({ action, text, send }: ProofFormProps) {
  const words = useWords(accountWords);
  const errors = useWords(errorWords);
  const needed = (typed: string) => (typed.trim() === '' ? errors('ruleRequired') : null);
  const state = useShopForm({
    initial: { current_password: '', totp: '' },
    check: (values) => ({ current_password: needed(values.current_password), totp: needed(values.totp) }),
    send: ({ current_password: password, totp }) => send(password, totp),
  });
  return (
    <ShopForm state={state} action={action} label={action} showsKeys={false}>
      <Text>{text}</Text>
      <PasswordField
        label={words('currentPassword')}
        autoComplete="current-password"
        data-autofocus
        {...state.form.getInputProps('current_password')}
      />
      <TextInput
        label={words('anyCode')}
        autoComplete="one-time-code"
        spellCheck={false}
        {...state.form.getInputProps('totp')}
      />
    </ShopForm>
  );
}
