import { Alert, Select, Switch, TextInput } from '@mantine/core';
import type { UserWire } from '../../../../server/src/contract/account.ts';
import type { Permission } from '../../api/session.ts';
import { useSession } from '../../api/use-session.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { errorWords } from '../../words/errors/error-words.ts';
import { useWords } from '../../words/say.ts';
import { addPerson, changePerson } from './people-queries.ts';
import { PermissionBoxes } from './permission-boxes.tsx';
import { COUNTER } from './permissions.ts';
import { ResetCodes } from './reset-codes.tsx';
import { peopleWords } from './words/people-words.ts';

interface PersonDialogProps {
  opened: boolean;
  /** The one that is changed; a new one without it. */
  person: UserWire | undefined;
  onClose: () => void;
}

export function PersonDialog({ opened, person, onClose }: PersonDialogProps) {
  const words = useWords(peopleWords);
  return (
    <Dialog opened={opened} title={person?.username ?? words('add')} size={560} onClose={onClose}>
      <PersonForm key={person?.id ?? 'new'} person={person} onClose={onClose} />
    </Dialog>
  );
}

interface PersonValues {
  username: string;
  email: string;
  password: string;
  role: UserWire['role'];
  permissions: Permission[];
  is_active: boolean;
}

function PersonForm({ person, onClose }: { person: UserWire | undefined; onClose: () => void }) {
  const words = useWords(peopleWords);
  const errors = useWords(errorWords);
  const { me } = useSession();
  const isMyself = person?.id === me?.id;
  const needed = (text: string) => (text.trim() === '' ? errors('ruleRequired') : null);
  const state = useShopForm<PersonValues>({
    // One that is changed has no version by which an old draft of rights would be noticed.
    ...(person === undefined ? { draft: 'person.new' } : {}),
    initial: {
      username: person?.username ?? '',
      email: person?.email ?? '',
      password: '',
      role: person?.role ?? 'staff',
      permissions: [...(person?.permissions ?? COUNTER)],
      is_active: person?.is_active ?? true,
    },
    check: ({ username, email, password }) =>
      person === undefined
        ? { username: needed(username), email: needed(email), password: needed(password) }
        : {},
    send: async (values) => {
      const { username, email, password, role, permissions } = values;
      const rights = role === 'staff' ? { permissions } : {};
      if (person === undefined) {
        await addPerson({ username: username.trim(), email: email.trim(), password, role, ...rights });
        toast(words('added', { name: username }));
      } else {
        await changePerson(person.id, {
          role,
          ...rights,
          is_active: values.is_active,
          ...(password === '' ? {} : { password }),
        });
        toast(words('changed', { name: person.username }));
      }
      onClose();
    },
  });
  const { form } = state;
  const { role } = form.getValues();
  return (
    <ShopForm state={state} action={words(person === undefined ? 'add' : 'change')} onCancel={onClose}>
      {person === undefined ? (
        <>
          <TextInput
            label={words('username')}
            description={words('usernameHint')}
            required
            data-autofocus
            autoComplete="off"
            {...form.getInputProps('username')}
          />
          <TextInput
            label={words('email')}
            type="email"
            required
            autoComplete="off"
            {...form.getInputProps('email')}
          />
        </>
      ) : null}
      {isMyself ? null : (
        <PasswordField
          label={words(person === undefined ? 'password' : 'newPassword')}
          description={words(person === undefined ? 'passwordHint' : 'newPasswordHint')}
          required={person === undefined}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
      )}
      <Select
        label={words('role')}
        allowDeselect={false}
        disabled={isMyself}
        data={(['admin', 'staff', 'user'] as const).map((value) => ({
          value,
          label: words(`role_${value}`),
        }))}
        {...form.getInputProps('role')}
      />
      {role === 'staff' ? (
        <PermissionBoxes
          value={form.getValues().permissions}
          onChange={(permissions) => form.setFieldValue('permissions', permissions)}
        />
      ) : (
        <Alert color="gray" variant="light">
          {words(role === 'admin' ? 'adminText' : 'userText')}
        </Alert>
      )}
      {person?.totp && !isMyself ? <ResetCodes person={person} /> : null}
      {person === undefined || isMyself ? null : (
        <Switch
          label={words('active')}
          description={words('activeHint')}
          {...form.getInputProps('is_active', { type: 'checkbox' })}
        />
      )}
    </ShopForm>
  );
}
