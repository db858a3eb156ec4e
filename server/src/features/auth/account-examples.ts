// Example answers for the documentation.

export const userExample = {
  id: '65e0c0ffee0123456789abcd',
  username: 'asha',
  email: 'asha@example.com',
  role: 'staff',
  is_active: true,
  appointed: true,
  permissions: ['customers.read', 'khata.read', 'khata.post'],
  totp: false,
  created_at: '2026-01-15T10:30:00.123Z',
  updated_at: '2026-01-15T10:30:00.123Z',
  last_login: '2026-01-15T10:30:00.123Z',
};

export const preferencesExample = {
  language: 'mr',
  theme: 'system',
  saved_views: [{ screen: 'orders', name: 'Open', query: 'status=pending' }],
};

export const meExample = {
  ...userExample,
  preferences: preferencesExample,
  totp_required: false,
  recovery_codes_left: null,
};

export const signedInExample = {
  success: true,
  data: {
    access_token: 'eyJhbGciOiJIUzI1NiJ9...',
    token: 'eyJhbGciOiJIUzI1NiJ9...',
    refresh_token: 'm3JxQ...',
    user: userExample,
  },
  access_token: 'eyJhbGciOiJIUzI1NiJ9...',
  user: userExample,
};
