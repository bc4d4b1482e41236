import type { Helper } from './helper.ts';
import { textOf } from './values.ts';

export const insertHelpers: Helper[] = [
  {
    name: 'insert',
    usage: 'insert value ["default=fallback"]',
    doc: 'The value, or the fallback when it is missing.',
    dialect: 'SendGrid',
    example: { template: 'Hi {{insert firstName "default=there"}}', data: {}, output: 'Hi there' },
    run: ([value, fallback]) => (value == null || value === '' ? insertFallback(fallback) : value),
  },
];

/** "default=you" and "you" are the same. */
export function insertFallback(fallback: unknown): string {
  return textOf(fallback).replace(/^default=/, '');
}
