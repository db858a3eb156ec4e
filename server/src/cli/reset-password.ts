import { hashPassword } from '../features/auth/password.ts';
import { choosePassword, PASSWORD_OPTION } from './choose-password.ts';
import { type Command, EXIT } from './command.ts';
import { commandLineBy } from './command-line-by.ts';
import { withShop } from './with-shop.ts';

export const resetPassword: Command = {
  name: 'reset-password',
  summary: 'Give an account a new password and sign it out everywhere.',
  words: 'USERNAME',
  maxWords: 1,
  options: PASSWORD_OPTION,
  notes: ['Without a password from standard input or a terminal, a random one is made and printed once.'],
  run: (call) =>
    withShop(call, async (shop) => {
      const name = call.words[0];
      if (name === undefined) {
        call.terminal.err('swati reset-password: say whose, by username or e-mail');
        return EXIT.usage;
      }
      const user = await shop.store.users.findForLogin(name);
      if (!user) {
        call.terminal.err(`swati reset-password: there is no account ${name}`);
        return EXIT.failed;
      }
      const { password, made } = await choosePassword(call, shop);
      const passwordHash = await hashPassword(password, shop.randomText);
      await shop.store.users.change(user.id, { passwordHash }, commandLineBy(shop));
      call.terminal.out(`${user.username} has a new password and is signed out everywhere`);
      if (made) call.terminal.out(`password  ${password}`);
      return EXIT.ok;
    }),
};
