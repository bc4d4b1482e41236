import { errorCodes } from '../errors/index.ts';
import type { Outcome } from './outcome.ts';

const effectNames: ReadonlySet<string> = new Set(['created', 'updated', 'deleted', 'merged', 'lines']);

/** What keeps an answer of a connector from being an outcome, in words; undefined: it is one. */
export function outcomeFault(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return `is ${shown(answer)}, not an outcome such as ok()`;
  const outcome = answer as Outcome;
  switch (outcome.status) {
    case 'ok':
      return effectsFault(outcome.effects);
    case 'unchanged':
    case 'superseded':
    case 'unknown':
      return undefined;
    case 'rejected':
      if (!Object.hasOwn(errorCodes, outcome.code)) return `is rejected with the unknown code ${shown(outcome.code)}`;
      return outcome.message ? undefined : 'is rejected without a message';
    case 'retry':
      if (outcome.after === undefined || Number.isFinite(outcome.after)) return undefined;
      return `is to be sent again after ${shown(outcome.after)}, which are no milliseconds`;
    case 'pending':
      return typeof outcome.token === 'string' && outcome.token !== '' ? undefined : 'is pending without a token';
    default:
      return `has the unknown status ${shown((answer as { status?: unknown }).status)}`;
  }
}

function effectsFault(effects: Record<string, unknown> | undefined): string | undefined {
  for (const name in effects) {
    if (!effectNames.has(name)) return `has the unknown effect "${name}"`;
    const count = effects[name];
    if (count !== undefined && !Number.isFinite(count)) return `has the effect "${name}", which is no number`;
  }
  return undefined;
}

function shown(value: unknown): string {
  return typeof value === 'number' || value === undefined ? String(value) : (JSON.stringify(value) ?? typeof value);
}
