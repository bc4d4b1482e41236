import type { JsonSchema } from '@millrace/sdk';
import type { ApiClient } from '../../api/api-client.ts';
import { ApiError } from '../../api/api-error.ts';
import type { Fields } from '../documents/document.ts';
import { withValue } from '../documents/fields.ts';
import { kinds, pathOf, type ConnectorSchemas, type Kind, type View } from '../kinds/index.ts';
import { BodySchemas, type Route } from './body-schemas.ts';
import { deriveSlugs } from './derive-slugs.ts';
import { ownerLabelsOf, withoutOwners } from './owner-label.ts';
import type { Resource } from './resource.ts';
import { propertiesOf, typesAt } from './schema-at.ts';
import { withSlugs } from './with-slugs.ts';

export type { Resource } from './resource.ts';

export interface ServerState {
  /** Kinds that the server has. */
  routes: Map<Kind, Route>;
  connectors: ConnectorSchemas;
  resources: Resource[];
  /** Kinds that this key may not read: what the server has of them is not known. */
  unread: Kind[];
}

/** Everything that configurations can say about a server, read over REST. */
export async function readServer(api: ApiClient): Promise<ServerState> {
  const schemas = await BodySchemas.of(api);
  const { data } = await api.get<{ data: { id: string; config: JsonSchema }[] }>('/api/connectors');
  const routes = new Map(kinds.flatMap((kind): [Kind, Route][] => [...entryOf(kind, schemas.route(kind))]));
  const resources: Resource[] = [];
  const unread: Kind[] = [];
  for (const [kind, route] of routes) {
    const found = await ifAllowed(resourcesOf(api, kind, route));
    if (found) resources.push(...found);
    else unread.push(kind);
  }
  return {
    routes,
    connectors: new Map(data.map(({ id, config }) => [id, config])),
    resources: resources.map((resource) => withSlugs(resource, resources)),
    unread,
  };
}

async function ifAllowed<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return undefined;
    throw error;
  }
}

export function find(resources: Resource[], kind: string, slug: string): Resource | undefined {
  return resources.find((one) => one.kind.name === kind && one.slug === slug);
}

/** The one that a document describes, whatever slug it gives what is named otherwise. */
export function described(
  resources: Resource[],
  kind: Kind,
  document: Pick<Resource, 'slug' | 'fields'>,
): Resource | undefined {
  const path = pathOf(kind, document.slug, document.fields);
  return resources.find((one) => one.kind === kind && pathOf(kind, one.slug, one.fields) === path);
}

function entryOf(kind: Kind, route: Route | undefined): [Kind, Route][] {
  return route ? [[kind, route]] : [];
}

async function resourcesOf(api: ApiClient, kind: Kind, { body }: Route): Promise<Resource[]> {
  const views: View[] = [];
  for await (const view of viewsOf(api, kind)) views.push(view);
  const slugs = deriveSlugs(views, kind.name);
  return Promise.all(
    views.map(async (view, index): Promise<Resource> => ({
      kind,
      id: view.id,
      slug: slugs[index] ?? view.id,
      derived: !view.builtIn && view.slug === undefined && kind.named === undefined,
      name: view.name ?? view.id,
      builtIn: view.builtIn === true,
      revision: view.revision,
      edition: view.edition ?? view.revision,
      editions: editionsOf(view, kind),
      fields: { ...fieldsOf(view, body, kind), ...(await kind.read?.(api, view)) },
      outlived: {},
      ownerLabels: kind.labelled ? ownerLabelsOf(view) : [],
      secretsSet: kind.secretsSet?.(view) ?? [],
    })),
  );
}

/** An older server tells none. */
function editionsOf(view: View, { countedApart = {} }: Kind): Fields {
  const editions: Fields = {};
  for (const [field, count] of Object.entries(countedApart)) {
    const edition = view[count];
    if (edition !== undefined) editions[field] = edition;
  }
  return editions;
}

async function* viewsOf(api: ApiClient, { path, single, identified }: Kind): AsyncGenerator<View> {
  if (single !== undefined) {
    const view = await api.get<Fields>(path);
    yield identified?.(view) ?? { ...view, id: single, slug: single };
    return;
  }
  for await (const view of api.all<View>(path)) yield identified?.(view) ?? view;
}

/** In the order of the server's description; without secrets, which it gives as null. */
function fieldsOf(view: View, body: JsonSchema, kind: Kind): Fields {
  const fields: Fields = {};
  const names = Object.keys(propertiesOf(body)).filter((name) => name !== 'slug');
  for (const name of names) {
    const value = view[name];
    if (value !== undefined && (value !== null || typesAt(body, [name]).includes('null'))) fields[name] = value;
  }
  const secrets = kind.secretsSet?.(view) ?? [];
  const open = secrets.reduce((rest, path) => withValue(rest, path.split('.'), undefined), fields);
  return kind.labelled ? withoutOwners(open) : open;
}
