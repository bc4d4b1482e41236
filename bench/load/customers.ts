import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

export interface CustomerRow {
  id: number;
  email: string;
  firstName: string;
  lastName: string;
  city: string;
  country: string;
  plan: string;
  signedUpAt: string;
}

const first = ['Ana', 'Björn', 'Chloé', 'Dmitri', 'Eszter', 'Fatima', 'Gonçalo', 'Hanna', 'Ivo', 'Jana'];
const last = ['Almeida', 'Berg', 'Costa', 'Dvořák', 'Eriksson', 'Fischer', 'García', 'Horváth', 'Ivanova', 'Jensen'];
const cities = ['Lisboa', 'Oslo', 'Lyon', 'Brno', 'Szeged', 'Tunis', 'Porto', 'Ulm', 'Split', 'Aarhus'];
const countries = ['PT', 'NO', 'FR', 'CZ', 'HU', 'TN', 'PT', 'DE', 'HR', 'DK'];
const plans = ['free', 'basic', 'plus', 'pro'];

/** The n-th customer: always the same one. With a `plan` to give, every tenth has it. */
export function customer(n: number, changed?: string): CustomerRow {
  const pick = <T>(list: T[], step: number): T => list[Math.floor(n / step) % list.length] as T;
  return {
    id: n,
    email: `customer.${n}@example.com`,
    firstName: pick(first, 1),
    lastName: pick(last, 10),
    city: pick(cities, 7),
    country: pick(countries, 7),
    plan: changed !== undefined && n % 10 === 0 ? changed : pick(plans, 3),
    signedUpAt: new Date(1_700_000_000_000 + n * 61_000).toISOString(),
  };
}

/** Writes customers `from` to `to` as CSV. */
export async function writeCustomers(
  path: string,
  { from = 1, to, changed }: { from?: number; to: number; changed?: string },
): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${Object.keys(customer(1)).join(',')}\n`);
  let lines = '';
  for (let n = from; n <= to; n++) {
    lines += `${Object.values(customer(n, changed)).join(',')}\n`;
    if (n % 5_000 === 0 || n === to) {
      if (!file.write(lines)) await once(file, 'drain');
      lines = '';
    }
  }
  file.end();
  await once(file, 'finish');
}
