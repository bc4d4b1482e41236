import { describe, expect, it } from '@jest/globals';
import { errorCodes, messageOf, MillraceError } from './index.ts';

describe('MillraceError', () => {
  it('takes status and retryable from its code', () => {
    expect(new MillraceError('timeout', 'slow')).toMatchObject({ code: 'timeout', status: 504, retryable: true });
    expect(new MillraceError('bad_request', 'no')).toMatchObject({ status: 400, retryable: false });
    expect(new MillraceError('timeout', 'slow', { retryable: false }).retryable).toBe(false);
  });

  it('keeps cause, details and the time to wait', () => {
    const cause = new Error('socket');
    const error = new MillraceError('rate_limited', 'later', { cause, details: { limit: 5 }, retryAfter: 1000 });
    expect(error).toMatchObject({ cause, details: { limit: 5 }, retryAfter: 1000, message: 'later' });
  });

  it('gives the text of whatever was thrown', () => {
    expect([messageOf(new Error('a')), messageOf('b'), messageOf(undefined)]).toEqual(['a', 'b', 'undefined']);
  });

  it('every code has an HTTP error status and a title', () => {
    for (const { status, title } of Object.values(errorCodes)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(title).not.toBe('');
    }
  });
});
