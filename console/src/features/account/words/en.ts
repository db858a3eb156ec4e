export const en = {
  sessions: 'Where you are signed in',
  sessionsNote: 'as {name}',
  device: 'Device',
  address: 'Address',
  lastUsed: 'Last used',
  thisOne: 'this one',
  signOut: 'Sign out',
  signOutOf: 'Sign out of {device}',
  signedOut: 'Signed out there',
  password: 'Password',
  currentPassword: 'Password of now',
  newPassword: 'New password',
  newPasswordHint:
    'At least 6 characters; a sentence of four words is better. Signs you out everywhere else.',
  changePassword: 'Change password',
  passwordChanged: 'Password changed',
} as const;
