import { ApiProblem, type Api, type List, type PersonSummary, type Profile } from '../api/index.ts';
import { personOf, type Person } from './person.ts';

export async function searchPeople(api: Api, q: string, limit: number, signal?: AbortSignal): Promise<PersonSummary[]> {
  const query = { q: q.trim() || undefined, limit };
  return (await api.get<List<PersonSummary>>('api/profiles', { query, signal })).data;
}

export async function readPerson(api: Api, { id, name }: Pick<PersonSummary, 'id' | 'name'>): Promise<Person> {
  return personOf(await api.get<Profile>(`api/profiles/${encodeURIComponent(id)}`), name);
}

/** By a whole identity, such as `shop:17`; a POST, so that it is in no address and no log. */
export async function personByIdentity(api: Api, identity: string): Promise<Person> {
  return personOf(await api.post<Profile>('api/profiles/lookup', { body: { identity } }));
}

/** Whether a text may be a whole identity, such as `shop:17` or an address. */
export function isIdentity(text: string): boolean {
  return /^[\w-]+:\S|@/.test(text);
}

/** The first who is found by a name, an address or an identity. */
export async function firstPerson(api: Api, text: string): Promise<Person> {
  const [found] = await searchPeople(api, text, 1);
  if (found) return readPerson(api, found);
  if (isIdentity(text)) return personByIdentity(api, text);
  throw new ApiProblem(404, 'profile_not_found', `Nobody is found by “${text}”.`);
}

/**
 * Somebody else than before, at random: among the first whose name or address starts with a letter that was drawn, or, where that finds
 * nobody, among the first of all. Undefined where there is nobody at all.
 */
export async function randomPerson(api: Api, before?: string): Promise<Person | undefined> {
  const letter = String.fromCharCode(97 + Math.floor(Math.random() * 26));
  const others = async (q: string) => (await searchPeople(api, q, 50)).filter(({ id }) => id !== before);
  const drawn = await others(letter);
  const people = drawn.length > 0 ? drawn : await others('');
  const chosen = people[Math.floor(Math.random() * people.length)];
  return chosen && readPerson(api, chosen);
}
