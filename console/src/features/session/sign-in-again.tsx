import { Button, Modal, Text } from '@mantine/core';
import { queryClient } from '../../api/query-client.ts';
import { signOut } from '../../api/session.ts';
import { useSession } from '../../api/use-session.ts';
import { useWords } from '../../words/say.ts';
import { SignInForm } from './sign-in-form.tsx';
import { sessionWords } from './words/session-words.ts';

/** Over the page when the session has ended: the page and its half-filled forms stay as they are. */
export function SignInAgain() {
  const words = useWords(sessionWords);
  const { me } = useSession();
  if (me === null) return null;
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={words('expiredTitle')}
      size={420}
    >
      <Text c="var(--ink-2)" mb="md">
        {words('expiredText')}
      </Text>
      <SignInForm username={me.username} onSignedIn={() => void queryClient.invalidateQueries()} />
      {/* The session is gone already: leaving needs no answer of the server. */}
      <Button mt="sm" variant="subtle" fullWidth onClick={() => void signOut().catch(() => {})}>
        {words('somebodyElse')}
      </Button>
    </Modal>
  );
}
