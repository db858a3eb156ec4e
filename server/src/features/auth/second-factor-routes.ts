// Sign-in codes of one's own account. Answers here hold secrets, so repeats are not recognised.

import {
  ConfirmTotpBody,
  EnrolTotpBody,
  ProvenTotpBody,
  RecoveryCodesWire,
  TotpSecretWire,
} from '../../contract/account.ts';
import { Data, Done } from '../../contract/envelope.ts';
import type { User } from '../../domain/user.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import type { PasswordQueue } from './password-queue.ts';
import { confirm, enrol, renewCodes, switchOff } from './second-factor.ts';

const codesExample = { success: true, data: { recovery_codes: ['K7QP-M2XD-9RTW-4HBA-ZC6E-N8VL', '...'] } };
const BASE = {
  method: 'POST',
  access: 'signed-in',
  rate: { kind: 'own-account' },
  repeatable: false,
  tag: 'Sign-in',
} as const;

export function secondFactorRoutes(shop: Shop, queue: PasswordQueue): Route[] {
  return [
    enrolRoute(shop, queue),
    confirmRoute(shop),
    renewCodesRoute(shop, queue),
    switchOffRoute(shop, queue),
  ];
}

function enrolRoute(shop: Shop, queue: PasswordQueue): Route {
  return route({
    ...BASE,
    path: '/api/auth/totp/enrol',
    beforeSecondFactor: true,
    summary: 'Get a secret for an authenticator app (RFC 6238)',
    description: 'Six digits, 30 seconds, SHA-1. Nothing is asked for until a code of it was confirmed.',
    body: EnrolTotpBody,
    reply: Data(TotpSecretWire),
    errors: ['totp_on', 'password_wrong', 'throttled'],
    example: {
      success: true,
      data: {
        secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
        address:
          'otpauth://totp/Swati%20Jewellers:asha?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Swati%20Jewellers',
      },
    },
    handle: async ({ body, user, by, request, reply }) => {
      reply.header('Cache-Control', 'no-store');
      const password = { typed: body.current_password, address: request.ip };
      return { success: true, data: await enrol(shop, queue, user as User, password, by) };
    },
  });
}

function confirmRoute(shop: Shop): Route {
  return route({
    ...BASE,
    path: '/api/auth/totp/confirm',
    beforeSecondFactor: true,
    summary: 'Switch sign-in codes on with the first code of the app',
    description: 'Answers ten recovery codes, each good once in place of a code. All other sessions end.',
    body: ConfirmTotpBody,
    reply: Data(RecoveryCodesWire),
    errors: ['totp_on', 'totp_off', 'code_wrong', 'throttled'],
    example: codesExample,
    handle: async ({ body, user, sessionId, by, request, reply }) => {
      reply.header('Cache-Control', 'no-store');
      const code = { typed: body.totp, sessionId, address: request.ip };
      const codes = await confirm(shop, user as User, code, by);
      return { success: true, data: { recovery_codes: codes } };
    },
  });
}

function renewCodesRoute(shop: Shop, queue: PasswordQueue): Route {
  return route({
    ...BASE,
    path: '/api/auth/totp/recovery-codes',
    summary: 'Get ten other recovery codes in place of all',
    body: ProvenTotpBody,
    reply: Data(RecoveryCodesWire),
    errors: ['totp_off', 'password_wrong', 'code_wrong', 'throttled'],
    example: codesExample,
    handle: async ({ body, user, by, request, reply }) => {
      reply.header('Cache-Control', 'no-store');
      const proof = { password: { typed: body.current_password, address: request.ip }, typed: body.totp };
      const codes = await renewCodes(shop, queue, user as User, proof, by);
      return { success: true, data: { recovery_codes: codes } };
    },
  });
}

function switchOffRoute(shop: Shop, queue: PasswordQueue): Route {
  return route({
    ...BASE,
    path: '/api/auth/totp/switch-off',
    summary: "Switch one's own sign-in codes off",
    body: ProvenTotpBody,
    reply: Done,
    errors: ['totp_off', 'password_wrong', 'code_wrong', 'throttled'],
    example: { success: true, message: 'Sign-in codes are off' },
    handle: async ({ body, user, by, request }) => {
      const proof = { password: { typed: body.current_password, address: request.ip }, typed: body.totp };
      await switchOff(shop, queue, user as User, proof, by);
      return { success: true, message: 'Sign-in codes are off' };
    },
  });
}
