// Sign-in codes of one's own account. The session is read again after each change: it says whether they are on.

import { sendData, sendReply } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { readMeAgain } from '../../api/session.ts';

export interface Enrolment {
  secret: string;
  address: string;
}

export function enrol(password: string): Promise<Enrolment> {
  return sendData<Enrolment>('POST', '/api/auth/totp/enrol', { body: { current_password: password } });
}

/** Switches them on; answers the recovery codes. */
export async function confirmEnrolment(code: string): Promise<string[]> {
  const { recovery_codes: codes } = await sendData<{ recovery_codes: string[] }>(
    'POST',
    '/api/auth/totp/confirm',
    { body: { totp: code } },
  );
  await afterChange();
  return codes;
}

export async function renewRecoveryCodes(password: string, code: string): Promise<string[]> {
  const { recovery_codes: codes } = await sendData<{ recovery_codes: string[] }>(
    'POST',
    '/api/auth/totp/recovery-codes',
    { body: { current_password: password, totp: code } },
  );
  await afterChange();
  return codes;
}

export async function switchCodesOff(password: string, code: string): Promise<void> {
  await sendReply('POST', '/api/auth/totp/switch-off', { body: { current_password: password, totp: code } });
  await afterChange();
}

async function afterChange(): Promise<void> {
  await readMeAgain();
  void queryClient.invalidateQueries({ queryKey: ['sessions'] });
}
