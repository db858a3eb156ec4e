import { Alert, Button, Group, Stack } from '@mantine/core';
import type { ReactNode, SyntheticEvent } from 'react';
import { errorText } from '../../api/error-text.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { Keys } from '../shortcuts/keys.tsx';
import { showOnArrival } from './focus-on-arrival.ts';
import type { ShopFormState } from './use-shop-form.ts';

interface ShopFormProps<V extends object> {
  state: ShopFormState<V>;
  /** A verb with its object: "Add customer". */
  action: string;
  onCancel?: () => void;
  children: ReactNode;
  /** Beside the button, such as the result of the posting. */
  aside?: ReactNode;
  label?: string;
  /** Shows what is there to those who may not change it. */
  readOnly?: boolean;
  /** As wide as its dialog: a form with a table in it. */
  wide?: boolean;
  /** Off where a plain Enter does, as in a sign-in. */
  showsKeys?: boolean;
}

/** What happens in a window that was opened from inside the form comes by it, too. */
function isOwn({ currentTarget, target }: SyntheticEvent<HTMLFormElement, Event>): boolean {
  return target instanceof Node && currentTarget.contains(target);
}

/** One column, labels above, Ctrl+Enter saves, errors keep what was typed. */
export function ShopForm<V extends object>(props: ShopFormProps<V>) {
  const { state, action, onCancel, children, aside, label } = props;
  const { readOnly = false, wide = false, showsKeys = true } = props;
  const words = useWords(everydayWords);
  const submit = () => {
    if (!readOnly) state.submit();
  };
  return (
    <form
      noValidate
      aria-label={label}
      style={wide ? undefined : { maxWidth: 480 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (isOwn(event)) submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !isOwn(event)) return;
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        {state.restored ? (
          <Group justify="space-between" role="status">
            <span className="muted">{words('draftRestored')}</span>
            <Button size="compact-sm" variant="subtle" onClick={state.startAfresh}>
              {words('draftDiscard')}
            </Button>
          </Group>
        ) : null}
        {state.savedElsewhere ? (
          <span className="muted" role="status">
            {words('savedElsewhere')}
          </span>
        ) : null}
        <fieldset disabled={readOnly} className="plain">
          <Stack gap="md">{children}</Stack>
        </fieldset>
        {state.problem === null ? null : (
          <Alert ref={showOnArrival} color="red" variant="light" role="alert" className="shown">
            {errorText(state.problem)}
          </Alert>
        )}
        {aside}
        {readOnly ? (
          <span className="muted">{words('mayNotChange')}</span>
        ) : (
          <Group justify="flex-end">
            {onCancel === undefined ? null : (
              <Button variant="default" onClick={onCancel}>
                {words('cancel')}
              </Button>
            )}
            <Button
              type="submit"
              loading={state.working}
              rightSection={showsKeys ? <Keys keys="mod+Enter" /> : null}
            >
              {action}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
