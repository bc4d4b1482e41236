import { emailAddressOf } from '#platform';
import { addSaying, nothingSaid, type Said, type Saying } from './said.ts';

/** What was said, as a record for the profile store. */
export interface Person {
  identities: Record<string, string | string[]>;
  traits: Record<string, unknown>;
}

/** An address that cannot be one stays a trait only: it must not keep everything else about the person from arriving. */
export function personOf({ traits, ids }: Said): Person {
  const values = Object.fromEntries(Object.entries(traits).map(([name, [value]]) => [name, value]));
  const { email: address, phone } = values;
  return {
    identities: {
      ...Object.fromEntries(Object.entries(ids).map(([kind, times]) => [kind, Object.keys(times).sort()])),
      ...(typeof address === 'string' && emailAddressOf(address) !== undefined && { email: address }),
      ...(typeof phone === 'string' && isPhone(phone) && { phone }),
    },
    traits: values,
  };
}

/** What one message says by itself, of somebody of whom nothing is kept. */
export function aloneOf(saying: Saying): { person: Person; at: number } {
  return { person: personOf(addSaying(nothingSaid(), saying)), at: saying.at };
}

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return text.length <= 40 && digits >= 4 && digits <= 20;
}
