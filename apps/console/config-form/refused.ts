import type { ApiProblem } from '../api/index.ts';
import type { Fault, Schema } from '../schema-form/index.ts';

/** Why a connection was not saved, by the field that it is about. */
export interface Refused {
  name: string[];
  slug: string[];
  labels: string[];
  config: Fault[];
  /** In a sentence, with what belongs to no field; undefined: it was not refused. */
  words?: string;
}

export function refusedBy(problem: ApiProblem | undefined, schema: Schema): Refused {
  const none: Refused = { name: [], slug: [], labels: [], config: [] };
  if (!problem) return none;
  const { faults = [], changed = [], secrets = [] } = (problem.details ?? {}) as Details;
  const of = (field: string) => faults.filter(({ path }) => path === field).map(({ message }) => message);
  switch (problem.code) {
    case 'bad_request':
      return faults.length === 0
        ? { ...none, words: problem.message }
        : { ...none, name: of('name'), slug: of('slug'), labels: of('labels'), words: marked };
    case 'invalid_config':
      return {
        ...none,
        config: faults,
        words: [marked, ...faults.filter(isElsewhere(schema)).map(sentence)].join(' '),
      };
    case 'secrets_required':
      return {
        ...none,
        config: [...changed.map(isBinding), ...secrets.map(isSecret)],
        words: 'The stored secrets do not go to another address by themselves: enter them again, or remove them.',
      };
    default:
      return { ...none, words: problem.message };
  }
}

/** What has to be filled in before it is worth asking. */
export function incomplete(isNameless: boolean, missing: Fault[]): Refused {
  return { name: isNameless ? ['Give it a name.'] : [], slug: [], labels: [], config: missing, words: marked };
}

interface Details {
  faults?: Fault[];
  changed?: string[];
  secrets?: string[];
}

const marked = 'It is not right yet: correct what is marked.';
const sentence = ({ path, message }: Fault): string => `${path}: ${message}.`;
const isBinding = (path: string): Fault => ({ path, message: 'It says where the secrets are sent.' });
const isSecret = (path: string): Fault => ({ path, message: 'Enter it again, or remove it.' });

/** Whether the form has no field for what is wrong. */
const isElsewhere =
  ({ properties = {}, oneOf = [], anyOf = [] }: Schema) =>
  ({ path }: Fault): boolean =>
    ![{ properties }, ...oneOf, ...anyOf].some((part) => (path.split('.')[0] ?? '') in (part.properties ?? {}));
