import { describe, expect, it } from '@jest/globals';
import { changesOf, eventOf, noCircumstances, type WhatIf } from './what-if.ts';

const whatIf = (trait: string, value: string, missing = false): WhatIf => ({ id: 1, trait, value, missing });

describe('changesOf', () => {
  it('asks for nothing where nothing is named', () => {
    expect(changesOf([])).toBeUndefined();
    expect(changesOf([whatIf('  ', 'Rome')])).toBeUndefined();
  });

  it.each([
    ['Rome', 'Rome'],
    ['12', 12],
    ['-0.5', -0.5],
    ['007', '007'],
    ['true', true],
    ['', ''],
    ['12345678901234567890', '12345678901234567890'],
  ])('takes %j for %j', (text, value) => {
    expect(changesOf([whatIf('trait', text)])).toEqual({ trait: value });
  });

  it('takes a trait away', () => {
    expect(changesOf([whatIf('city', 'Rome', true)])).toEqual({ city: null });
  });
});

describe('eventOf', () => {
  it('asks for nothing without a name', () => {
    expect(eventOf(noCircumstances)).toBeUndefined();
    expect(eventOf({ ...noCircumstances, event: { name: ' ', properties: [] } })).toBeUndefined();
  });

  it('gives name and properties', () => {
    const event = { name: ' Cart Abandoned ', properties: [whatIf('total', '49.9'), whatIf('', 'x')] };
    expect(eventOf({ ...noCircumstances, event })).toEqual({ name: 'Cart Abandoned', properties: { total: 49.9 } });
  });
});
