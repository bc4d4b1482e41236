import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MillraceError } from '@millrace/sdk';
import { secretTexts, withoutSecrets } from './secret-texts.ts';
import { shownError } from './shown-error.ts';

describe('messages without secrets', () => {
  it('hold none, however they are written', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (secret) => {
        const forms = [
          secret,
          encodeURIComponent(secret),
          JSON.stringify(secret),
          Buffer.from(secret).toString('base64'),
        ];
        for (const form of forms) {
          const clean = withoutSecrets(`<${form}>`, secretTexts({ 'credentials.apiKey': secret }));
          expect(clean.replaceAll('[redacted]', '')).not.toContain(secret);
        }
      }),
    );
  });

  it('hold no short ones either, as words', () => {
    expect(withoutSecrets('code 7 refused for 7.7 in 1700', secretTexts({ pin: 7 }))).toBe(
      'code [redacted] refused for [redacted].[redacted] in 1700',
    );
  });

  it('stand in messages even where half a character makes them unfit for URLs', () => {
    const secret = 'k3y-\ud800';
    expect(withoutSecrets(`refused ${secret}`, secretTexts({ apiKey: secret }))).toBe('refused [redacted]');
  });

  it('hold nothing of a secret that is an object', () => {
    const texts = secretTexts({ account: { private_key: '-----BEGIN KEY-----\nabc', scopes: ['https://x.example'] } });
    expect(withoutSecrets('bad key "-----BEGIN KEY-----\\nabc"', texts)).toBe('bad key "[redacted]"');
  });
});

describe('shownError', () => {
  it('keeps code and advice, and drops the secret, also from the details, and the cause', () => {
    const thrown = new MillraceError('rate_limited', 'Too many for s3cret-key.', {
      cause: new Error('s3cret-key'),
      details: { url: 'https://x.example/?k=s3cret-key' },
      retryAfter: 500,
    });
    const shown = shownError(thrown, ['s3cret-key']);
    expect(shown).toMatchObject({
      code: 'rate_limited',
      retryAfter: 500,
      retryable: true,
      message: 'Too many for [redacted].',
    });
    expect(JSON.stringify(shown.details)).not.toContain('s3cret');
    expect(shown.cause).toBeUndefined();
  });

  it('calls what a vendor’s client throws an error of the other side', () => {
    expect(shownError(new Error('password s3cret-key is wrong'), ['s3cret-key'])).toMatchObject({
      code: 'remote_error',
      message: expect.stringContaining('password [redacted] is wrong'),
    });
    expect(shownError('text', [])).toMatchObject({ code: 'remote_error' });
  });
});
