export const en = {
  title: 'Sign in',
  username: 'User name or e-mail',
  password: 'Password',
  submit: 'Sign in',
  forgotten:
    'Forgotten? The owner gives staff a new password under Settings, People. The owner gets one on the shop’s computer: {command}',
  expiredTitle: 'Sign in again',
  expiredText: 'Your session has ended. This page and what you typed stay as they are.',
  somebodyElse: 'Leave and sign in as somebody else',
  code: 'Sign-in code',
  codeHint: 'The six digits that the app shows, or a recovery code.',
} as const;
