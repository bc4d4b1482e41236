import type { Api, List, PersonSummary, Preview, Profile } from '../api/index.ts';
import { personOf, type Person } from './person.ts';

export async function searchPeople(api: Api, q: string, signal: AbortSignal): Promise<PersonSummary[]> {
  const query = { q: q.trim() || undefined, limit: 8 };
  return (await api.get<List<PersonSummary>>('api/profiles', { query, signal })).data;
}

export async function readPerson(api: Api, { id, name }: Pick<PersonSummary, 'id' | 'name'>): Promise<Person> {
  return personOf(await api.get<Profile>(`api/profiles/${encodeURIComponent(id)}`), name);
}

/** By a whole identity, such as `shop:17`; a POST, so that it is in no address and no log. */
export async function personByIdentity(api: Api, identity: string): Promise<Person> {
  return personOf(await api.post<Profile>('api/profiles/lookup', { body: { identity } }));
}

/** Somebody whom the preview picks. */
export async function randomPerson(api: Api): Promise<Person> {
  const mail = { subject: 'Who', source: 'Who', sample: 'random' };
  const { versions } = await api.post<Preview>('api/preview', { body: mail });
  return readPerson(api, { id: versions.profile?.id ?? '' });
}
