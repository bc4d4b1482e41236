import { isFields, type Fields } from '../documents/document.ts';
import type { Kind } from './kind.ts';

export const sync: Kind = {
  name: 'sync',
  folder: 'syncs',
  path: '/api/syncs',
  role: 'operator',
  labelled: true,
  refersTo: { 'from.connection': 'connection', 'to.connection': 'connection', 'schedule.after': 'sync' },
  asks: { 'from.connection': 'growing', 'to.connection': 'fixed' },
  sentAsId: ['schedule.after'],
  comesAlong: ['collected-events'], // with the first source
  leftAlone: ['read', 'mode', 'paused'], // what an operator paused is not set going by an apply
  defaults: { delivery: 'atLeastOnce', drift: 'add', labels: [] },
  normalised({ mapping, ...given }) {
    const fields = withoutUsualConsumers(given);
    const object = objectOf(fields);
    return mapping === undefined || object === undefined ? fields : { ...fields, outputs: { [object]: mapping } };
  },
  shortened({ outputs, paused, ...given }) {
    const fields = withoutUsualConsumers(given);
    const object = objectOf(fields);
    const names = isFields(outputs) ? Object.keys(outputs) : [];
    const single = isFields(outputs) && object !== undefined && names.length === 1 ? outputs[object] : undefined;
    return {
      ...fields,
      ...(single !== undefined && { mapping: single }),
      ...(single === undefined && outputs !== undefined && { outputs }),
      ...(paused === true && { paused }),
    };
  },
};

/** One is what an endless stream has where nothing is said; no default of the kind, as other syncs have none. */
function withoutUsualConsumers({ consumers, ...fields }: Fields): Fields {
  return consumers === undefined || consumers === 1 ? fields : { ...fields, consumers };
}

function objectOf({ to }: Fields): string | undefined {
  return isFields(to) && typeof to.object === 'string' ? to.object : undefined;
}
