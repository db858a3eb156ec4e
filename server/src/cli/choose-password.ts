import { invalid } from '../domain/shop-error.ts';
import { checkNewPassword } from '../features/auth/account-input.ts';
import type { Shop } from '../http/shop.ts';
import type { CommandCall } from './command.ts';

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

export const PASSWORD_OPTION = {
  'password-stdin': {
    type: 'boolean',
    help: 'Read the password from standard input (never from the command line, which others can see).',
  },
} as const;

/**
 * The new password: from standard input where asked for, else typed twice on a terminal, else random. `made` is true
 * for a random one, which must be printed once. Refuses invalid_input outside 6 to 128 characters.
 */
export async function choosePassword(
  { options, terminal }: CommandCall,
  shop: Shop,
): Promise<{ password: string; made: boolean }> {
  if (options['password-stdin']) {
    const password = await terminal.readInput();
    checkNewPassword(password, 'password');
    return { password, made: false };
  }
  const typed = await terminal.askSecret('New password (empty: make one): ');
  if (typed !== null && typed !== '') {
    checkNewPassword(typed, 'password');
    const again = await terminal.askSecret('Once more: ');
    if (again !== typed) throw invalid('password', 'repeat', 'was typed differently the second time');
    return { password: typed, made: false };
  }
  const words = Array.from({ length: 4 }, () => shop.randomText(5, LETTERS));
  return { password: words.join('-'), made: true };
}
