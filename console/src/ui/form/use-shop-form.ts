// A form of the console: errors beside their fields, drafts, one submit at a time. Show it with <ShopForm>.

import { type UseFormReturnType, useForm } from '@mantine/form';
import { type ReactNode, useRef, useState } from 'react';
import { fieldTexts } from '../../api/error-text.ts';
import { dropDraft, keepDraft, readDraft } from './drafts.ts';
import { focusField } from './focus-on-arrival.ts';
import { touched } from './laid-over.ts';

type Placed = Record<string, ReactNode>;

interface ShopFormOptions<V extends object> {
  initial: V;
  /** Names the draft, such as `customer.new`; without it nothing is kept. */
  draft?: string;
  /** Problems that need no server, as texts by field. */
  check?: (values: V) => Partial<Record<FieldPath<V>, string | null>>;
  /** Sends it; throws ApiError. Called once at a time. */
  send: (values: V) => Promise<unknown>;
  /** The form's fields by the server's names, where they differ. */
  fields?: Record<string, keyof V & string>;
  /** The texts of a refusal by this form's fields, where they are not the server's by another name. */
  place?: (error: unknown, values: V) => Placed | Promise<Placed>;
}

/** A field, or one inside it: `lines.2.price`. */
export type FieldPath<V extends object> = (keyof V & string) | `${keyof V & string}.${string}`;

export interface ShopFormState<V extends object> {
  form: UseFormReturnType<V>;
  working: boolean;
  /** A refusal that belongs to no field; null when there is none. */
  problem: unknown;
  restored: boolean;
  /** Throws what was typed away. */
  startAfresh: () => void;
  submit: () => void;
}

export function useShopForm<V extends object>(options: ShopFormOptions<V>): ShopFormState<V> {
  const { initial, draft, check, send, fields = {}, place = fieldTexts } = options;
  const [kept] = useState(() => (draft === undefined ? null : readDraft<V>(draft)));
  const [restored, setRestored] = useState(kept !== null);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const sending = useRef(false);
  const form = useForm<V>({
    mode: 'controlled',
    initialValues: { ...initial, ...kept },
    validateInputOnBlur: false,
    validate: (values) => check?.(values) ?? {},
    onValuesChange: (values) => {
      if (draft !== undefined) keepDraft(draft, typedIn(values, form.getInitialValues()));
    },
  });
  // A draft is laid over what is there now; what it is compared with has nothing of it, or it would never be sent.
  useState(() => form.setInitialValues(initial));

  function startAfresh(): void {
    if (draft !== undefined) dropDraft(draft);
    form.setInitialValues(initial);
    form.setValues(initial);
    form.clearErrors();
    // Setting the values has kept them again.
    if (draft !== undefined) dropDraft(draft);
    setProblem(null);
    setRestored(false);
  }

  async function run(values: V): Promise<void> {
    // A second Enter in the same instant comes before the button is seen disabled.
    if (sending.current) return;
    sending.current = true;
    setWorking(true);
    try {
      await send(values);
      if (draft !== undefined) dropDraft(draft);
      setRestored(false);
    } catch (error) {
      const texts = Object.entries(await place(error, values)).map(
        ([name, text]) => [fields[name] ?? name, text] as const,
      );
      const here = texts.filter(([name]) => (name.split('.', 1)[0] ?? '') in values);
      form.setErrors(Object.fromEntries(here));
      if (here.length < texts.length || here.length === 0) setProblem(error);
      focusFirstError(here[0]?.[0]);
    } finally {
      sending.current = false;
      setWorking(false);
    }
  }

  const submit = () => {
    // What the last try came to must not stand beside this one.
    setProblem(null);
    const { hasErrors, errors } = form.validate();
    if (hasErrors) return focusFirstError(Object.keys(errors)[0]);
    void run(form.getValues());
  };
  return { form, working, problem, restored, startAfresh, submit };
}

/** What is kept of it as a draft; the version that it was typed over goes with it, so that an old one is noticed. */
function typedIn<V extends object>(values: V, from: V): Partial<V> {
  const typed = touched(values, from);
  const isTyped = Object.keys(typed).some((name) => name !== 'version');
  if (!isTyped) return {};
  return 'version' in values ? { ...typed, version: values.version } : typed;
}

/** After the errors are painted, so that a screen reader reads them with the field. */
function focusFirstError(name: string | undefined): void {
  if (name === undefined) return;
  requestAnimationFrame(() => focusField(name));
}
