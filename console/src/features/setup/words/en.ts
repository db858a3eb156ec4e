export const en = {
  title: 'Set up the shop',
  intro: 'Make the first account. It belongs to the owner and may do everything.',
  code: 'Set-up code',
  codeHint: 'Printed on the terminal where the shop was started; it works once.',
  username: 'User name',
  email: 'E-mail',
  password: 'Password',
  passwordHint: 'At least 6 characters; a sentence of 12 or more is better.',
  submit: 'Make the account',
  closedTitle: 'The shop is set up already',
  closedText: 'Its first account exists. Sign in with it.',
  signIn: 'Sign in',
} as const;
