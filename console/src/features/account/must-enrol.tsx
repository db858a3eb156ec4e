import { Button, Modal, Text } from '@mantine/core';
import { queryClient } from '../../api/query-client.ts';
import { signOut } from '../../api/session.ts';
import { useWords } from '../../words/say.ts';
import { EnrolSteps } from './enrol-steps.tsx';
import { accountWords } from './words/account-words.ts';

/** Over the page where the account's role needs sign-in codes: what stands below stays, and does nothing until then. */
export function MustEnrol({ onDone }: { onDone: () => void }) {
  const words = useWords(accountWords);
  const finish = () => {
    onDone();
    void queryClient.invalidateQueries();
  };
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={words('mustTitle')}
      size={480}
    >
      <Text c="var(--ink-2)" mb="md">
        {words('mustText')}
      </Text>
      <EnrolSteps onDone={finish} />
      <Button mt="sm" variant="subtle" fullWidth onClick={() => void signOut().catch(() => {})}>
        {words('leave')}
      </Button>
    </Modal>
  );
}
