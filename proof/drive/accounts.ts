import { Client, dataOf, type Row } from './client.ts';

export const PASSWORD = 'correct horse battery';

export interface Account {
  id: string;
  username: string;
  /** Signed in. */
  client: Client;
  refreshToken: string;
}

let made = 0;

/** An account of its own, registered by the owner and signed in. */
export async function addAccount(owner: Client, more: Row = {}): Promise<Account> {
  const username = `clerk_${++made}`;
  const body = { username, email: `${username}@example.com`, password: PASSWORD, role: 'staff', ...more };
  const id = String(dataOf(await owner.post('/api/auth/register', body), 'registering').id);
  return { id, username, ...(await openSession(owner.origin, username)) };
}

/** One more session of an account. */
export async function openSession(
  origin: string,
  username: string,
  password = PASSWORD,
): Promise<{ client: Client; refreshToken: string }> {
  const client = new Client(origin);
  const data = dataOf(await client.post('/api/auth/login', { username, password }), 'signing in');
  client.token = String(data.access_token);
  return { client, refreshToken: String(data.refresh_token) };
}
