import { Button, Group, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { errorText } from '../../api/error-text.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { Dialog } from './dialog.tsx';

interface ConfirmDialogProps {
  opened: boolean;
  title: string;
  /** What will be so afterwards: "Asha will owe ₹12,450.00". Never "Are you sure?". */
  result: ReactNode;
  /** A verb with its object: "Post entry". */
  action: string;
  danger?: boolean;
  /** Resolves once the server has said so; the dialog then closes. */
  run: () => Promise<unknown>;
  onClose: () => void;
}

/** For what cannot be undone: asks once, showing the result. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, title, result, action, danger = false, run, onClose } = props;
  const words = useWords(everydayWords);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  function close(): void {
    setProblem(null);
    onClose();
  }

  async function confirm(): Promise<void> {
    setWorking(true);
    setProblem(null);
    try {
      await run();
      close();
    } catch (error) {
      setProblem(error);
    } finally {
      setWorking(false);
    }
  }

  return (
    <Dialog opened={opened} title={title} onClose={close}>
      <div>{result}</div>
      {problem === null ? null : (
        <Text c="var(--out)" mt="sm" role="alert">
          {errorText(problem, 'pressed')}
        </Text>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          {words('cancel')}
        </Button>
        <Button
          data-autofocus
          {...(danger ? { color: 'red' } : {})}
          loading={working}
          onClick={() => void confirm()}
        >
          {action}
        </Button>
      </Group>
    </Dialog>
  );
}
