import type { Json } from '@millrace/sdk';
import { isFields, type Fields } from '../documents/document.ts';
import { valueAt, withValue } from '../documents/fields.ts';
import { kinds, type Kind } from '../kinds/index.ts';
import type { Step } from './step.ts';

/** Undefined: nobody knows it yet. */
type IdOf = (kind: Kind, slug: string) => string | undefined | Promise<string | undefined>;

/** What PUT gets, with ids where the server wants those. A slug without one stays, and of fields that are named by slugs that one is left out. */
export async function withIds({ kind, fields, body }: Step, idOf: IdOf): Promise<Fields> {
  let done = body;
  for (const dotted of kind.sentAsId ?? []) {
    const path = dotted.split('.');
    const target = kinds.find(({ name }) => name === kind.refersTo?.[dotted]);
    const [named, whole] = [valueAt(fields, path), valueAt(body, path)];
    if (!target) continue;
    if (typeof named === 'string') done = withValue(done, path, (await idOf(target, named)) ?? named);
    else if (isFields(named) && isFields(whole))
      done = withValue(done, path, await namedByIds(whole, Object.keys(named), (slug) => idOf(target, slug)));
  }
  return done;
}

async function namedByIds(fields: Fields, slugs: string[], idOf: (slug: string) => ReturnType<IdOf>): Promise<Fields> {
  const named: [string, Json][] = [];
  for (const [name, value] of Object.entries(fields)) {
    const id = slugs.includes(name) ? await idOf(name) : name;
    if (id !== undefined) named.push([id, value]);
  }
  return Object.fromEntries(named);
}
