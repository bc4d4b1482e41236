import { invalidCondition } from '@millrace/sdk';
import { shortHash } from '../folding/index.ts';
import type { CompiledMeasure } from './measure.ts';

const word = /^[a-z0-9][a-z0-9_.-]{0,63}$/;

/** What a person allows, the strictest that any of their identities says. Throws `invalid_condition`. Default purpose: `marketing`. */
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
    words: `the consent to ${purpose} by ${channel}`,
    empty: null,
    tally() {
      const states = new Set<unknown>();
      return {
        add({ row }) {
          if (row.channel === channel && row.purpose === purpose) states.add(row.state);
        },
        value: () => (states.has('denied') ? 'denied' : states.has('granted') ? 'granted' : null),
        changesAt: () => Infinity,
      };
    },
  };
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && word.test(value);
}
