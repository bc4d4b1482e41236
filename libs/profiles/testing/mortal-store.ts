import type { ProfileStore } from '../store/index.ts';

/** The end of a writer's process. */
export class Death extends Error {}

const writes = ['insertMany', 'insertOne', 'bulkWrite', 'replaceOne', 'updateMany', 'deleteMany'];

/** A store whose user may die with each write, before or after it is done. */
export function mortal(store: ProfileStore, dies: () => boolean): ProfileStore {
  return Object.assign(Object.create(store) as ProfileStore, {
    profiles: mortalCollection(store.profiles, dies),
    identities: mortalCollection(store.identities, dies),
    claim: mortalCall(store.claim.bind(store) as Call, dies),
    insert: mortalCall(store.insert.bind(store) as Call, dies),
  });
}

/** Something whose user may die with each of some calls, before or after it is done. */
export function mortalCalls<T extends object>(whole: T, names: readonly (keyof T & string)[], dies: () => boolean): T {
  const calls = names.map((name) => [name, mortalCall((whole[name] as Call).bind(whole), dies)]);
  return Object.assign(Object.create(whole) as T, Object.fromEntries(calls) as Partial<T>);
}

type Call = (...args: unknown[]) => unknown;

function mortalCall(call: Call, dies: () => boolean): Call {
  return async (...args) => {
    if (dies()) throw new Death();
    const result = await call(...args);
    if (dies()) throw new Death();
    return result;
  };
}

function mortalCollection<T extends object>(collection: T, dies: () => boolean): T {
  return new Proxy(collection, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const call = value.bind(target) as Call;
      return writes.includes(String(name)) ? mortalCall(call, dies) : call;
    },
  });
}
