import type { ApiClient } from '../../api/api-client.ts';
import { ApiError } from '../../api/api-error.ts';
import { pathOf } from '../kinds/index.ts';
import { ownerLabel } from '../server/owner-label.ts';
import type { Resource, ServerState } from '../server/server-state.ts';

/** Tells what applies in an owner's name have made, and in no other's: by its label, or by the server's book. */
export async function madeBy(
  owner: string,
  { routes }: ServerState,
  api: ApiClient,
): Promise<(resource: Resource) => boolean> {
  const noted = await notedFor(owner, api);
  return ({ kind, id, slug, fields, builtIn, ownerLabels }) => {
    if (builtIn || routes.get(kind)?.removable !== true) return false;
    if (kind.labelled) return ownerLabels.length === 1 && ownerLabels[0] === ownerLabel(owner);
    return [pathOf(kind, slug, fields), `${kind.path}/${encodeURIComponent(id)}`].some((path) =>
      noted.has(decodeURIComponent(path).toLowerCase()),
    );
  };
}

async function notedFor(owner: string, api: ApiClient): Promise<Set<string>> {
  const noted = new Set<string>();
  try {
    for await (const { path } of api.all<{ path: string }>('/api/managed-resources', { owner })) noted.add(path);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error; // an older server keeps no book
  }
  return noted;
}
