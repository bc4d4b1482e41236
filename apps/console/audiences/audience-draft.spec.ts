import { describe, expect, it } from '@jest/globals';
import { bodyOf, conditionDraftOf, conditionOf, newAudience } from './audience-draft.ts';

const again = (condition: Record<string, unknown>) => ({ ...newAudience, ...conditionDraftOf(condition) });
const inOslo = { field: 'traits.city', is: 'equals', value: 'Oslo' };

describe('a condition that is filled in', () => {
  it.each<Record<string, unknown>>([
    inOslo,
    { all: [inOslo, { field: 'computed.orders', is: 'atLeast', value: 2 }] },
    { any: [inOslo, { field: 'traits.vip', is: 'equals', value: true }] },
    { all: [inOslo, { field: 'traits.lastSeen', is: 'atLeast', value: { ago: '30d' } }] },
    { all: [inOslo, { field: 'traits.lastSeen', is: 'atMost', value: { ago: '8w' } }] },
    { all: [{ field: 'traits.zip', is: 'equals', value: '0150' }, inOslo] },
    { all: [{ field: 'traits.zip', is: 'equals', value: '150' }, inOslo] },
    { all: [{ field: 'traits.country', is: 'in', value: ['NO', 'SE', 'a, b'] }, inOslo] },
    { all: [{ field: 'traits.zip', is: 'notIn', value: ['0150', '150', 150, 'true', true, ' a', '"x"', ''] }, inOslo] },
    { all: [{ field: 'traits.firstName', is: 'missing' }, inOslo] },
    { field: 'traits.quoted', is: 'equals', value: '"x"' },
  ])('comes back as it was: %j', (condition) => {
    const draft = again(condition);
    expect(draft.json).toBeUndefined();
    expect(conditionOf(draft)).toEqual(condition);
  });

  it.each<Record<string, unknown>>([
    { not: inOslo },
    { all: [{ any: [inOslo] }, inOslo] },
    { consent: { channel: 'email', purpose: 'marketing' }, is: 'equals', value: 'granted' },
    { all: [{ computed: { from: 'orders', calculate: 'count' }, is: 'atLeast', value: 2 }] },
    { field: 'traits.lastSeen', is: 'greaterThan', value: { ago: '30d' } },
    { field: 'traits.address', is: 'equals', value: { city: 'Oslo' } },
    { all: [inOslo], any: [inOslo] },
  ])('stays as it is where rows cannot say it: %j', (condition) => {
    const draft = again(condition);
    expect(draft.json).toBeDefined();
    expect(conditionOf(draft)).toEqual(condition);
  });

  it('takes for a text what stands in quotes, in a list too', () => {
    const tests = [{ id: 1, field: 'traits.zip', is: 'in' as const, value: '"12", 13' }];
    expect(conditionOf({ ...newAudience, tests })).toEqual({ field: 'traits.zip', is: 'in', value: ['12', 13] });
  });

  it('is of the rows that name a field', () => {
    const tests = [
      { id: 1, field: ' traits.city ', is: 'equals' as const, value: 'Oslo' },
      { id: 2, field: '', is: 'equals' as const, value: '' },
    ];
    expect(bodyOf({ ...newAudience, name: ' Oslo ', tests })).toEqual({ name: 'Oslo', condition: inOslo });
  });
});
