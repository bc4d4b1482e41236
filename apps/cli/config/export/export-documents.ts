import { kinds } from '../kinds/index.ts';
import type { ConfigDocument, Fields } from '../documents/document.ts';
import type { Resource, ServerState } from '../server/server-state.ts';
import { propertiesOf } from '../server/schema-at.ts';
import { documentOf } from './document-of.ts';
import { namesOnlyRemoved } from './names-only-removed.ts';
import { SecretVariables } from './secret-variables.ts';

export interface Exported {
  resource: Resource;
  document: Fields;
}

/** Every resource that people made and a document can tell, as a document; by kind, then by slug. @param present of the folder that they go to */
export function exportDocuments({ resources, routes }: ServerState, present: ConfigDocument[]): Exported[] {
  const variables = new SecretVariables(present);
  return kinds.flatMap((kind) => {
    const route = routes.get(kind);
    const order = [...Object.keys(propertiesOf(route?.body)), ...Object.keys(kind.ownFields ?? {})];
    return resources
      .filter((resource) => resource.kind === kind && !resource.builtIn && !namesOnlyRemoved(resource))
      .sort((a, b) => (a.slug < b.slug ? -1 : 1))
      .map((resource) => ({ resource, document: documentOf(resource, order, variables) }));
  });
}
