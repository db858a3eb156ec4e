import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { attemptWaitSeconds, FAILURE_WINDOW_MS, judgeRefresh } from './session-rules.ts';

describe('sign-in bookkeeping', () => {
  test('ten failures of the window close the door until the oldest of the last ten leaves it', () => {
    const failures = Array.from({ length: 10 }, (_, n) => n * 1000);
    assert.equal(attemptWaitSeconds(failures.slice(1), 10_000), null);
    assert.equal(attemptWaitSeconds(failures, 10_000), (FAILURE_WINDOW_MS - 10_000) / 1000);
    assert.equal(attemptWaitSeconds([-5000, ...failures], 10_000), (FAILURE_WINDOW_MS - 10_000) / 1000);
    assert.equal(attemptWaitSeconds(failures, FAILURE_WINDOW_MS), 1, 'never zero seconds');
  });

  test('failures that a clock far ahead has written shut nobody out', () => {
    const ahead = Array.from({ length: 12 }, (_, n) => 365 * 24 * 3_600_000 + n);
    assert.equal(attemptWaitSeconds(ahead, 10_000), null);
    const failures = Array.from({ length: 10 }, (_, n) => n * 1000);
    assert.equal(attemptWaitSeconds([...failures, ...ahead], 10_000), (FAILURE_WINDOW_MS - 10_000) / 1000);
    // Machines of a cluster are seconds apart: these count.
    const skewed = failures.map((failure) => failure + 12_000);
    assert.equal(attemptWaitSeconds(skewed, 10_000), (FAILURE_WINDOW_MS + 2_000) / 1000);
  });

  test('a refresh token swaps once, has siblings for 10 s, and ends its family later', () => {
    const token = { rotatedAt: null, expiresAt: 50_000, revokedAt: null };
    assert.equal(judgeRefresh(token, 49_999), 'rotated');
    assert.equal(judgeRefresh(token, 50_000), 'expired');
    assert.equal(judgeRefresh({ ...token, rotatedAt: 1000 }, 11_000), 'sibling');
    assert.equal(judgeRefresh({ ...token, rotatedAt: 1000 }, 11_001), 'reused');
    assert.equal(
      judgeRefresh({ ...token, rotatedAt: 20_000 }, 10_000),
      'sibling',
      'clocks differ by seconds',
    );
    assert.equal(
      judgeRefresh({ ...token, rotatedAt: 20_001 }, 10_000),
      'reused',
      'by a clock that ran ahead',
    );
    assert.equal(judgeRefresh({ ...token, rotatedAt: 1000, revokedAt: 2000 }, 11_001), 'unknown');
  });
});
