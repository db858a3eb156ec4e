import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchingStep, readBase32, totpAddress, totpCode } from './totp.ts';

/** RFC 6238, appendix B, SHA-1: the seconds and the eight digits. */
const VECTORS: [number, string][] = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
];
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const STEP_MS = 30_000;

describe('codes of authenticator apps', () => {
  it('are those of RFC 6238', () => {
    const secret = Buffer.from('12345678901234567890');
    assert.deepEqual(readBase32(SECRET), secret);
    for (const [seconds, code] of VECTORS) {
      assert.equal(totpCode(secret, Math.floor(seconds / 30), 8), code);
      assert.equal(totpCode(secret, Math.floor(seconds / 30)), code.slice(2));
    }
  });

  it('are good in their step, in the one before and in the one after', () => {
    const at = 1234567890_000;
    const step = Math.floor(at / STEP_MS);
    const code = totpCode(readBase32(SECRET), step);
    const found = [-2, -1, 0, 1, 2].map((drift) => matchingStep(SECRET, code, at + drift * STEP_MS));
    assert.deepEqual(found, [null, step, step, step, null]);
    assert.equal(matchingStep(SECRET, '000000', at), null);
    assert.equal(matchingStep(SECRET, totpCode(readBase32(SECRET), 0), 0), 0);
  });

  it('are read by an app from an address that any shop name fits into', () => {
    const address = new URL(totpAddress(SECRET, 'asha', 'स्वाती & Sons: Jewellers'));
    assert.equal(address.searchParams.get('secret'), SECRET);
    assert.equal(address.searchParams.get('issuer'), 'स्वाती & Sons: Jewellers');
    assert.equal(decodeURIComponent(address.pathname), '/स्वाती & Sons: Jewellers:asha');
  });
});
