// The page for the first admin: one form, one request. What a field may hold is the server's rule alone;
// this page only shows its answer beside the field, and keeps what was typed.
import './setup.css';
import { createFirstAdmin } from './create-first-admin.ts';
import { words } from './setup-words.ts';

const FIELDS = [
  { name: 'code', type: 'text', autocomplete: 'one-time-code' },
  { name: 'username', type: 'text', autocomplete: 'username' },
  { name: 'email', type: 'email', autocomplete: 'email' },
  { name: 'password', type: 'password', autocomplete: 'new-password' },
] as const;

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** The label above, the error below, tied together for screen readers. */
function fieldRow(field: (typeof FIELDS)[number]) {
  const text = words.fields[field.name];
  const input = element('input', {
    id: field.name,
    name: field.name,
    type: field.type,
    required: true,
    spellcheck: false,
    autocapitalize: 'none',
  });
  input.setAttribute('autocomplete', field.autocomplete);
  input.setAttribute('aria-describedby', `${field.name}-hint ${field.name}-error`);
  const hint = element(
    'p',
    { id: `${field.name}-hint`, className: 'hint', hidden: text.hint === '' },
    text.hint,
  );
  const error = element('p', { id: `${field.name}-error`, className: 'error' });
  const label = element('label', { htmlFor: field.name }, text.label);
  return {
    name: field.name,
    input,
    error,
    row: element('div', { className: 'field' }, label, input, hint, error),
  };
}

type FieldRow = ReturnType<typeof fieldRow>;

function showProblems(rows: FieldRow[], problems: Map<string, string>): void {
  for (const { name, input, error } of rows) {
    const problem = problems.get(name) ?? '';
    error.textContent = problem;
    input.setAttribute('aria-invalid', String(problem !== ''));
  }
  rows.find((row) => problems.has(row.name))?.input.focus();
}

function showDone(main: HTMLElement): void {
  const heading = element('h1', { tabIndex: -1 }, words.doneTitle);
  const link = element('a', { href: '/console' }, words.doneLink);
  main.replaceChildren(heading, element('p', {}, words.doneText), element('p', {}, link));
  heading.focus();
}

function showForm(main: HTMLElement): void {
  const rows = FIELDS.map(fieldRow);
  const button = element('button', { type: 'submit' }, words.submit);
  const notice = element('p', { className: 'error' });
  notice.setAttribute('role', 'alert');
  const form = element('form', { noValidate: true }, ...rows.map(({ row }) => row), notice, button);

  async function submit(): Promise<void> {
    button.disabled = true;
    button.textContent = words.submitting;
    const answer = await createFirstAdmin(Object.fromEntries(rows.map((row) => [row.name, row.input.value])));
    if (answer.made) return showDone(main);
    button.disabled = false;
    button.textContent = words.submit;
    // A problem of a field that this page does not have must not be lost.
    const known = rows.some((row) => answer.problems.has(row.name));
    notice.textContent = known ? '' : answer.message;
    showProblems(rows, answer.problems);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  main.replaceChildren(element('h1', {}, words.title), element('p', {}, words.intro), form);

  // The terminal may print a link that carries the code; what follows # never reaches a server or its log.
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  const [first, second] = rows;
  if (code !== null && first !== undefined) first.input.value = code;
  (code === null ? first : second)?.input.focus();
}

const main = document.getElementById('setup');
if (main !== null) showForm(main);
