import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const shopFolder = join(import.meta.dirname, '..', '..', 'examples', 'shop');

interface Slugged {
  slug: string;
  name: string;
}

export interface ShopConfiguration {
  connections: (Slugged & Record<string, unknown>)[];
  syncs: (Slugged & Record<string, unknown>)[];
}

export const shopConfiguration = (): ShopConfiguration =>
  JSON.parse(readFileSync(join(shopFolder, 'syncs.json'), 'utf8')) as ShopConfiguration;

export const lastOrderMail = (): string => readFileSync(join(shopFolder, 'last-order.hbs'), 'utf8');

/** What the example's files hold, dirt included (examples/shop/README.md). */
export const expectedRows: Record<string, { read: number; rejected: number }> = {
  'shop-customers': { read: 61, rejected: 3 },
  'shop-orders': { read: 150, rejected: 1 },
};

/** Three people: one with everything, one without a first name, one who has never ordered. */
export const people = [
  { email: 'jose.alvarez@example.net', greeting: 'Hello José,' },
  { email: 'wei.zhang@example.com', greeting: 'Hello there,' },
  { email: 'olivia.brooks@example.org', greeting: 'you have not ordered anything yet' },
];
