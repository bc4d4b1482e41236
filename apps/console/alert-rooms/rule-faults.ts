import { overtakenBy, type ApiProblem } from '../api/index.ts';
import { slugIn, type RuleDraft } from './rule-draft.ts';

export type Place =
  'name' | 'slug' | 'on' | 'rejects' | 'lag' | 'labels' | 'syncs' | 'triggers' | 'to' | 'wait' | 'repeat';

export interface Fault {
  /** Absent: in the whole. */
  place?: Place;
  message: string;
}

/** What stands in the way of asking the API. */
export function lacksOf(draft: RuleDraft): Fault[] {
  const { name, on, rejects, lag, to, revision } = draft;
  const faults: Fault[] = [];
  if (name.trim() === '') faults.push({ place: 'name', message: 'Give it a name.' });
  else if (revision === undefined && slugIn(draft) === '') faults.push({ place: 'slug', message: 'Give it a slug.' });
  if (on.length === 0 && rejects.trim() === '' && lag.trim() === '')
    faults.push({ place: 'on', message: 'Say when somebody is told.' });
  const share = Number(rejects);
  if (rejects.trim() !== '' && !(share >= 0 && share < 100))
    faults.push({ place: 'rejects', message: 'Write a number from 0 to 99, such as 5.' });
  if (to.length === 0) faults.push({ place: 'to', message: 'Say who is told.' });
  return faults;
}

/** By the API's names. */
const places: Readonly<Partial<Record<string, Place>>> = {
  ...{ name: 'name', slug: 'slug', on: 'on', 'on.rejectShare': 'rejects', 'on.lag': 'lag', labels: 'labels' },
  ...{ syncs: 'syncs', triggers: 'triggers', to: 'to', wait: 'wait', repeat: 'repeat' },
};

/** Where the API's refusal is told. */
export function faultsOf(problem: ApiProblem): Fault[] {
  const { code, message, details } = problem;
  if (overtakenBy(problem) !== undefined) return []; // told by a notice of its own
  if (code === 'conflict') return [{ place: 'slug', message }];
  const { faults = [] } = (details ?? {}) as { faults?: { path: string; message: string }[] };
  if (faults.length === 0) return [{ message }];
  return faults.map(({ path, message: text }) => {
    const place = places[path] ?? places[path.split('.')[0] ?? ''];
    return place
      ? { place, message: `${text.charAt(0).toUpperCase()}${text.slice(1)}.` }
      : { message: `${path}: ${text}` };
  });
}

export const faultsAt = (faults: readonly Fault[], place?: Place): string[] =>
  faults.filter((fault) => fault.place === place).map(({ message }) => message);
