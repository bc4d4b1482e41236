import type { Bar, Order, Permission, PersonSummary, Profile } from '../api/index.ts';
import { addressOf, nameInTraits } from '../texts/index.ts';

export const isProfileId = (text: string): boolean => /^p_[0-9A-Z]{26}$/.test(text);

/** Somebody's name, or what else people know them by. */
export function nameOf({ name, identities, id }: Pick<PersonSummary, 'id' | 'name' | 'identities'>): string {
  return name ?? addressOf({ identities }) ?? id;
}

export function nameOfProfile({ id, traits, identities }: Profile): string {
  return nameOf({ id, identities, name: nameInTraits(traits) });
}

/** A text as it is, anything else as JSON. */
export const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** "Order A-1001 · 41.40 EUR · shipped" */
export function orderText({ id, total, currency, status }: Order): string {
  const sum = total === undefined ? '' : [total.toFixed(2), currency].filter(Boolean).join(' ');
  return [`Order ${id}`, sum, status].filter(Boolean).join(' · ');
}

/** "2 × Tea, 100 g" */
export function lineText({ id, quantity, name, product }: Order['lines'][number]): string {
  return [quantity === undefined ? '' : `${quantity} ×`, name ?? product ?? id].filter(Boolean).join(' ');
}

/** Of somebody who may be written to for no purpose. */
export function barText({ reason }: Bar): string {
  switch (reason) {
    case 'restricted':
      return 'The use of their data is restricted: they may be written to for no purpose, and other systems are told nothing more of them, until the request that asked for it is lifted.';
    case 'erased':
      return 'Somebody with an identity of theirs asked to be erased: they may be written to for no purpose until that request is lifted.';
  }
}

/** "refused on 2025-03-01 (bounce): email:ann@example.com" */
export function permissionText(
  { reason, at, source, identity }: Permission,
  nameOfIdentity: (key: string) => string,
): string {
  const day = at === undefined ? '' : ` on ${at.slice(0, 10)}`;
  const by = source === undefined ? '' : ` (${source})`;
  const whose = identity === undefined ? '' : `: ${nameOfIdentity(identity)}`;
  switch (reason) {
    case 'granted':
      return `agreed${day}${by}${whose}`;
    case 'denied':
      return `refused${day}${by}${whose}`;
    case 'restricted':
      return `asked not to be processed${whose}`;
    case 'erased':
      return `asked to be erased${whose}`;
    case 'no_consent':
      return 'needs consent, and none is known';
    case 'not_refused':
      return 'nobody has refused it';
    case 'not_needed':
      return 'needs no consent';
  }
}
