// A form of the console: errors beside their fields, drafts, one submit at a time. Show it with <ShopForm>.

import { type UseFormReturnType, useForm } from '@mantine/form';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { fieldTexts } from '../../api/error-text.ts';
import { newKey } from '../../api/repeat-key.ts';
import { onTabs, type TabMessage, tellTabs } from '../../api/tabs.ts';
import { useLanguage } from '../../words/say.ts';
import { dropDraft, keepDraft, readDraft, withoutSecrets } from './drafts.ts';
import { focusField } from './focus-on-arrival.ts';
import { touched } from './laid-over.ts';

type Placed = Record<string, ReactNode>;

interface ShopFormOptions<V extends object> {
  initial: V;
  /** Names the draft, such as `customer.new`; without it nothing is kept. */
  draft?: string;
  /** Problems that need no server, as texts by field. */
  check?: (values: V) => Partial<Record<FieldPath<V>, string | null>>;
  /** Sends it; throws ApiError. Called once at a time. The draft's id makes it one change whichever tab sends it. */
  send: (values: V, draftId: string) => Promise<unknown>;
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
  /** What stood here was saved in another tab, and is gone from this one. */
  savedElsewhere: boolean;
  /** Throws what was typed away. */
  startAfresh: () => void;
  submit: () => void;
}

export function useShopForm<V extends object>(options: ShopFormOptions<V>): ShopFormState<V> {
  const { initial, draft, check, send, fields = {}, place = fieldTexts } = options;
  const [kept] = useState(() => (draft === undefined ? null : readDraft<V>(draft)));
  const draftId = useRef(kept?.id ?? '');
  if (draftId.current === '') draftId.current = newKey();
  const [restored, setRestored] = useState(kept !== null);
  const [savedElsewhere, setSavedElsewhere] = useState(false);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const sending = useRef(false);
  /** What the errors that stand here came from: a refusal, or what was checked without the server. */
  const refused = useRef<{ values: V; error?: unknown } | null>(null);
  const form = useForm<V>({
    mode: 'controlled',
    initialValues: { ...initial, ...kept?.typed },
    validateInputOnBlur: false,
    validate: (values) => check?.(values) ?? {},
    onValuesChange: (values) => {
      setSavedElsewhere(false);
      if (draft !== undefined) keepDraft(draft, typedIn(values, form.getInitialValues()), draftId.current);
    },
  });
  // A draft is laid over what is there now; what it is compared with has nothing of it, or it would never be sent.
  useState(() => form.setInitialValues(initial));
  const [begunWith] = useState(() => textOf(form.getValues()));

  const hear = useEffectEvent((message: TabMessage) => {
    if (message.kind !== 'draft-saved' || message.draftId !== draftId.current || sending.current) return;
    // What was typed here since then is another thing, and stays.
    if (![begunWith, message.text].includes(textOf(form.getValues()))) return;
    startAfresh();
    setSavedElsewhere(true);
  });
  useEffect(() => onTabs((message) => hear(message)), []);

  const language = useLanguage();
  const sayErrorsAgain = useEffectEvent(async () => {
    if (refused.current === null || Object.keys(form.errors).length === 0) return;
    const { values, error } = refused.current;
    const said = error === undefined ? (check?.(values) ?? {}) : await placed(error, values);
    form.setErrors((standing) => ({
      ...standing,
      ...Object.fromEntries(Object.entries<ReactNode>(said).filter(([name]) => name in standing)),
    }));
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the errors were worded in the language before.
  useEffect(() => void sayErrorsAgain(), [language]);

  async function placed(error: unknown, values: V): Promise<Placed> {
    const texts = Object.entries(await place(error, values));
    return Object.fromEntries(texts.map(([name, text]) => [fields[name] ?? name, text]));
  }

  function startAfresh(): void {
    if (draft !== undefined) dropDraft(draft, draftId.current);
    form.setInitialValues(initial);
    form.setValues(initial);
    form.clearErrors();
    // Setting the values has kept them again.
    if (draft !== undefined) dropDraft(draft, draftId.current);
    draftId.current = newKey();
    setProblem(null);
    setRestored(false);
  }

  async function run(values: V): Promise<void> {
    // A second Enter in the same instant comes before the button is seen disabled.
    if (sending.current) return;
    sending.current = true;
    setWorking(true);
    const id = draftId.current;
    try {
      await send(values, id);
      if (draft !== undefined) {
        dropDraft(draft, id);
        tellTabs({ kind: 'draft-saved', draftId: id, text: textOf(values) });
      }
      draftId.current = newKey();
      setRestored(false);
    } catch (error) {
      refused.current = { values, error };
      const texts = Object.entries(await placed(error, values));
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
    refused.current = { values: form.getValues() };
    if (hasErrors) return focusFirstError(Object.keys(errors)[0]);
    void run(form.getValues());
  };
  return { form, working, problem, restored, savedElsewhere, startAfresh, submit };
}

/** To be compared with what another tab has saved. */
function textOf(values: object): string {
  return JSON.stringify(withoutSecrets(values));
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
