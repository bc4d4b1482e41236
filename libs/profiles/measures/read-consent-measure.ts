import { invalidCondition, type Json } from '@millrace/sdk';
import { shortHash } from '../folding/index.ts';
import type { CompiledMeasure } from './measure.ts';

/** What a person can have said; null: neither. */
export const consentAnswers = ['granted', 'denied', null] as const;

const word = /^[a-z0-9][a-z0-9_.-]{0,63}$/;

/** What a person allows, as a send would read it (`Permissions.saidBy`); its one row is that. Throws `invalid_condition`. Default purpose: `marketing`. */
export function readConsentMeasure(given: unknown, place = ''): CompiledMeasure {
  const {
    channel,
    purpose = 'marketing',
    ...others
  } = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
  if (!isWord(channel) || !isWord(purpose) || Object.keys(others).length > 0) {
    throw invalidCondition(place, 'a consent is { channel: "email", purpose: "marketing" }');
  }
  return {
    key: shortHash(JSON.stringify(['consent', channel, purpose])),
    source: 'consents',
    consent: { channel, purpose },
    words: `the consent to ${purpose} by ${channel}`,
    empty: null,
    tally() {
      let said: Json = null;
      return {
        add({ row }) {
          said = row.state === 'granted' || row.state === 'denied' ? row.state : null;
        },
        value: () => said,
        changesAt: () => Infinity,
      };
    },
  };
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && word.test(value);
}
