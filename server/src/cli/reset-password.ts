import type { User } from '../domain/user.ts';
import { hashPassword } from '../features/auth/password.ts';
import type { Shop } from '../http/shop.ts';
import { choosePassword, PASSWORD_OPTION } from './choose-password.ts';
import { type Command, type CommandCall, EXIT } from './command.ts';
import { commandLineBy } from './command-line-by.ts';
import { withExistingShop } from './with-shop.ts';

export const resetPassword: Command = {
  name: 'reset-password',
  summary: 'Give an account a new password and sign it out everywhere.',
  words: 'USERNAME',
  maxWords: 1,
  options: {
    ...PASSWORD_OPTION,
    totp: {
      type: 'boolean',
      help: 'Switch its sign-in codes off instead (phone lost); the password stays.',
    },
  },
  notes: ['Without a password from standard input or a terminal, a random one is made and printed once.'],
  run: async (call) => {
    const name = call.words[0];
    if (name === undefined) {
      call.terminal.err('swati reset-password: say whose, by username or e-mail');
      return EXIT.usage;
    }
    return withExistingShop(call, async (shop) => {
      const user = await shop.store.users.findForLogin(name);
      if (!user) {
        call.terminal.err(`swati reset-password: there is no account ${name}`);
        return EXIT.failed;
      }
      return call.options.totp ? switchCodesOff(call, shop, user) : giveNewPassword(call, shop, user);
    });
  },
};

async function giveNewPassword(call: CommandCall, shop: Shop, user: User): Promise<number> {
  const { password, made } = await choosePassword(call, shop);
  const passwordHash = await hashPassword(password, shop.randomText);
  await shop.store.users.change(user.id, { passwordHash }, commandLineBy(shop));
  call.terminal.out(`${user.username} has a new password and is signed out everywhere`);
  if (made) call.terminal.out(`password  ${password}`);
  if (user.secondFactor !== null)
    call.terminal.out('its sign-in codes stay on; where the phone is lost too, run this again with --totp');
  return EXIT.ok;
}

async function switchCodesOff({ terminal }: CommandCall, shop: Shop, user: User): Promise<number> {
  if (user.secondFactor === null) {
    terminal.err(`swati reset-password: ${user.username} signs in without codes`);
    return EXIT.failed;
  }
  await shop.store.secondFactors.reset(user.id, commandLineBy(shop));
  terminal.out(`${user.username} signs in by password alone now, and is signed out everywhere`);
  return EXIT.ok;
}
