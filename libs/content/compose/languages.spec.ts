import { expect, it } from '@jest/globals';
import type { Json } from '@millrace/sdk';
import { localeFor, timeZoneFor } from './languages.ts';

const of = (timeZone: Json | undefined) => ({ profile: { traits: { ...(timeZone !== undefined && { timeZone }) } } });

it.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['+02:00', '+02:00'], // Node 20's Intl knows no such zones
  ['-0930', '-0930'],
  ['+99:00', 'UTC'],
  ['Mars/Phobos', 'UTC'],
  [7, 'UTC'],
  [undefined, 'UTC'],
])('of somebody whose trait timeZone is %p the zone is %s', (trait, zone) => {
  expect(timeZoneFor(of(trait))).toBe(zone);
  expect(timeZoneFor(of('Asia/Tokyo'), String(trait))).toBe(zone);
});

it.each([
  ['pt_br', null, 'pt-BR'],
  ['Deutsch', null, 'de'],
  ['English (UK)', 'fil', 'fil'],
  ['Deutsch', 'NO', 'no'],
  ['', 'Thai', 'de'],
])('of somebody with the locale %p and the language %p the locale is %s', (locale, language, expected) => {
  expect(localeFor({ profile: { traits: { locale, language } } }, undefined, 'de').locale).toBe(expected);
});
