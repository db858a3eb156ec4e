// Every word of the set-up page in one place, for the languages to come.

export const words = {
  title: 'Set up the shop',
  intro: 'Make the first account. It belongs to the owner and may do everything.',
  fields: {
    code: {
      label: 'Set-up code',
      hint: 'Printed on the terminal where the shop was started; it works once.',
    },
    username: { label: 'User name', hint: '' },
    email: { label: 'E-mail', hint: '' },
    password: { label: 'Password', hint: 'At least 6 characters; a sentence of 12 or more is better.' },
  },
  submit: 'Make the account',
  submitting: 'Making the account',
  /** Shown beside a field, by the rule that the server names. */
  rules: {
    required: 'This is needed.',
    missing: 'This is needed.',
  } as Record<string, string>,
  unreachable: 'The shop does not answer. What you typed is still here; try again.',
  refused: 'The account was not made.',
  doneTitle: 'The shop is yours',
  doneText: 'The account is made. Sign in with it from now on.',
  doneLink: 'Open the console',
};
