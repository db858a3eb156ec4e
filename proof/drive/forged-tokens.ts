// Access tokens that nobody was given: each is wrong in one way. The secret is known here, so that most are well signed.

import { createHmac } from 'node:crypto';

type Part = Record<string, unknown>;

function encode(part: Part | string): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}

function sign(header: Part, payload: Part, secret: string, hash = 'sha256'): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
}

/** Authorization headers by what is wrong with them; `good` are the claims of a token that is accepted. */
export function forgedHeaders(good: Part, secret: string, otherUser: string): Record<string, string> {
  const second = Math.floor(Date.now() / 1000);
  const header = { alg: 'HS256', typ: 'JWT' };
  const well = (payload: Part, head: Part = header): string => `Bearer ${sign(head, payload, secret)}`;
  const without = (name: string): Part =>
    Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
  const token = sign(header, good, secret);
  const [head = '', payload = '', signature = ''] = token.split('.');
  return {
    'no token after Bearer': 'Bearer ',
    'another scheme': `Basic ${token}`,
    'no token at all': 'Bearer null',
    'two parts': `Bearer ${head}.${payload}`,
    'four parts': `Bearer ${token}.${signature}`,
    'alg none': `Bearer ${encode({ alg: 'none' })}.${payload}.`,
    'alg none with a signature': `Bearer ${encode({ alg: 'none' })}.${payload}.${signature}`,
    'another secret': `Bearer ${sign(header, good, `${secret}x`)}`,
    'an empty secret': `Bearer ${sign(header, good, '')}`,
    HS512: `Bearer ${sign({ ...header, alg: 'HS512' }, good, secret, 'sha512')}`,
    HS384: `Bearer ${sign({ ...header, alg: 'HS384' }, good, secret, 'sha384')}`,
    'RS256 over the secret': well(good, { ...header, alg: 'RS256' }),
    'an unknown alg': well(good, { ...header, alg: 'hs256' }),
    'a header that is no JSON': `Bearer ${encode('{{{')}.${payload}.${signature}`,
    'a payload that is no object': `Bearer ${head}.${encode('"owner"')}.${signature}`,
    'a changed payload': `Bearer ${head}.${encode({ ...good, username: 'somebody' })}.${signature}`,
    'a signature cut short': `Bearer ${token.slice(0, -4)}`,
    'a critical extension': well(good, { ...header, crit: ['exp2'], exp2: 1 }),
    'no end': well(without('exp')),
    'an end that is over': well({ ...good, exp: second - 5 }),
    'an end that is a text': well({ ...good, exp: String(second + 600) }),
    'a beginning in the future': well({ ...good, nbf: second + 600 }),
    'a beginning that is a text': well({ ...good, nbf: 'now' }),
    'no issue time': well(without('iat')),
    'nobody in particular': well(without('sub')),
    'a number for an account': well({ ...good, sub: 1 }),
    'an unknown account': well({ ...good, sub: '0'.repeat(24) }),
    'an account that is no id': well({ ...good, sub: "' OR 1=1 --" }),
    "another account's session": well({ ...good, sub: otherUser }),
    'an unknown session': well({ ...good, sid: 'f'.repeat(24) }),
    'a refresh token': well({ ...good, type: 'refresh' }),
    'made out to somebody': well({ ...good, aud: 'another-shop' }),
    'made by somebody else': well({ ...good, iss: 'another-shop' }),
    'a very long token': `Bearer ${'a'.repeat(4000)}.${payload}.${signature}`,
  };
}

export function claimsOf(token: string): Part {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Part;
}
