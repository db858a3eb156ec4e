import { readAccount } from '../features/auth/account-input.ts';
import { hashPassword } from '../features/auth/password.ts';
import { choosePassword, PASSWORD_OPTION } from './choose-password.ts';
import { type Command, EXIT } from './command.ts';
import { commandLineBy } from './command-line-by.ts';
import { withShop } from './with-shop.ts';

export const createAdmin: Command = {
  name: 'create-admin',
  summary: 'Make an account with all rights.',
  options: {
    username: {
      type: 'string',
      value: 'NAME',
      help: 'Its name; 3 to 80 letters, digits, underscores (admin).',
    },
    email: { type: 'string', value: 'ADDRESS', help: 'Its e-mail address.' },
    ...PASSWORD_OPTION,
  },
  notes: ['Without a password from standard input or a terminal, a random one is made and printed once.'],
  run: async (call) => {
    const { username = 'admin', email } = call.options;
    if (email === undefined) {
      call.terminal.err('swati create-admin: say its e-mail address: --email ADDRESS');
      return EXIT.usage;
    }
    return withShop(call, async (shop) => {
      const account = readAccount({ username: String(username), email: String(email) });
      const { password, made } = await choosePassword(call, shop);
      const passwordHash = await hashPassword(password, shop.randomText);
      const { value: user } = await shop.store.users.add(
        { id: shop.newId(), ...account, passwordHash, role: 'admin', permissions: [], appointed: true },
        commandLineBy(shop),
      );
      call.terminal.out(`made the admin ${user.username} <${user.email}>`);
      if (made) call.terminal.out(`password  ${password}`);
      return EXIT.ok;
    });
  },
};
