import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isIsoInstant, parseIsoTime } from './iso-time.ts';

const instants = fc
  .date({ min: new Date('0100-01-01'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** An instant, in which some letters are others. */
const almost = fc
  .tuple(instants, fc.array(fc.tuple(fc.nat(23), fc.constantFrom(...'0123456789-T:.Z /+'.split(''))), { maxLength: 3 }))
  .map(([text, changes]) => changes.reduce((now, [at, letter]) => now.slice(0, at) + letter + now.slice(at + 1), text));

it('an instant is what toISOString writes, and nothing else', () => {
  fc.assert(
    fc.property(fc.oneof(almost, fc.string()), (text) => {
      const time = Date.parse(text);
      const isInstant = text.length === 24 && !Number.isNaN(time) && new Date(time).toISOString() === text;
      expect(isIsoInstant(text)).toBe(isInstant && text >= '0100');
      if (isInstant && text >= '0100') expect(parseIsoTime(text)).toBe(time);
    }),
    { numRuns: 2_000 },
  );
});
