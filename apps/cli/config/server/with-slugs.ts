import type { Json } from '@millrace/sdk';
import { isFields } from '../documents/document.ts';
import { valueAt, withValue } from '../documents/fields.ts';
import type { Resource } from './resource.ts';

type SlugOf = <T extends Json>(id: T) => T | string;

/** A resource that names others by slug, as documents do. What goes on naming by id what is removed is kept apart. */
export function withSlugs(resource: Resource, all: Resource[]): Resource {
  const { kind } = resource;
  return Object.entries(kind.refersTo ?? {}).reduce((done, [dotted, target]) => {
    const path = dotted.split('.');
    const named = valueAt(done.fields, path);
    if (named === undefined) return done;
    const others = all.filter((one) => one.kind.name === target);
    const slugOf: SlugOf = (id) => others.find((one) => one.id === id)?.slug ?? id;
    if (!kind.outlived?.includes(dotted))
      return { ...done, fields: withValue(done.fields, path, renamed(named, slugOf)) };
    const isThere = (id: Json): boolean => others.some((one) => one.id === id || one.slug === id);
    return {
      ...done,
      fields: withValue(done.fields, path, renamed(only(named, isThere), slugOf)),
      outlived: withValue(
        done.outlived,
        path,
        only(named, (id) => !isThere(id)),
      ),
    };
  }, resource);
}

/** One, several in a list, or the names of fields, which then go by name. */
function renamed(named: Json, slugOf: SlugOf): Json {
  if (Array.isArray(named)) return named.map(slugOf);
  if (!isFields(named)) return slugOf(named);
  const fields = Object.entries(named).map(([id, value]): [string, Json] => [slugOf(id), value]);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function only(named: Json, isWanted: (id: Json) => boolean): Json {
  if (Array.isArray(named)) return named.filter(isWanted);
  return isFields(named) ? Object.fromEntries(Object.entries(named).filter(([id]) => isWanted(id))) : named;
}
