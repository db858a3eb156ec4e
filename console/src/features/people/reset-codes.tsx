import { Button } from '@mantine/core';
import { useState } from 'react';
import type { UserWire } from '../../../../server/src/contract/account.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { resetCodes } from './people-queries.ts';
import { peopleWords } from './words/people-words.ts';

/** For a person whose phone is lost. */
export function ResetCodes({ person }: { person: UserWire }) {
  const words = useWords(peopleWords);
  const [opened, setOpened] = useState(false);
  const name = person.username;
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {words('resetCodes', { name })}
      </Button>
      <ConfirmDialog
        opened={opened}
        title={words('resetCodes', { name })}
        result={words('resetCodesText', { name })}
        action={words('resetCodes', { name })}
        danger
        run={async () => {
          await resetCodes(person.id);
          toast(words('codesReset', { name }));
        }}
        onClose={() => setOpened(false)}
      />
    </>
  );
}
