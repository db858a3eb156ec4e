import type { Static } from 'typebox';
import type { SignedInReply } from '../../contract/account.ts';
import type { User } from '../../domain/user.ts';
import { signAccessToken } from '../../http/access-token.ts';
import type { Call } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toUserWire } from './account-wire.ts';
import { setRefreshCookie } from './refresh-cookie.ts';

/** The answer that hands out tokens: the refresh token in its cookie or in the body, never in both. */
export async function answerSession(
  shop: Shop,
  { request, reply }: Pick<Call<unknown, Record<string, string>>, 'request' | 'reply'>,
  opened: { user: User; sessionId: string; refreshToken: string; byCookie: boolean },
): Promise<Static<typeof SignedInReply>> {
  const accessToken = await signAccessToken(opened.user, opened.sessionId, {
    secret: shop.config.jwtSecret,
    lifetimeSeconds: shop.config.accessTokenSeconds,
    now: shop.now,
  });
  if (opened.byCookie) setRefreshCookie(request, reply, opened.refreshToken, shop);
  reply.header('Cache-Control', 'no-store');
  const user = toUserWire(opened.user);
  return {
    success: true,
    data: {
      access_token: accessToken,
      token: accessToken,
      ...(opened.byCookie ? {} : { refresh_token: opened.refreshToken }),
      user,
    },
    access_token: accessToken,
    user,
  };
}
