import type { ApiClient } from '../../api/api-client.ts';
import { ApiError } from '../../api/api-error.ts';
import { pathOf } from '../kinds/index.ts';
import { ownerLabel } from '../server/owner-label.ts';
import type { Resource, ServerState } from '../server/server-state.ts';

/** An entry of the server's book. */
interface Noted {
  path: string;
  /** Absent in entries of former versions, whose paths are in lower case. */
  name?: string;
  id?: string;
}

/** Tells what applies in an owner's name have made, and in no other's: by its label, or by the server's book. */
export async function madeBy(
  owner: string,
  { routes, resources }: ServerState,
  api: ApiClient,
): Promise<(resource: Resource) => boolean> {
  const ids = new Set<string>();
  const paths = new Set<string>();
  const former = new Set<string>();
  for (const { path, name, id } of await notedFor(owner, api)) {
    if (name === undefined) former.add(path);
    else if (id === undefined) paths.add(path);
    else ids.add(`${path.slice(0, -name.length)}${id}`);
  }
  const isAlone = (path: string): boolean =>
    resources.filter((other) => pathsOf(other).some((one) => one.toLowerCase() === path)).length === 1;
  return (resource) => {
    const { kind, id, builtIn, ownerLabels } = resource;
    if (builtIn || routes.get(kind)?.removable !== true) return false;
    if (kind.labelled) return ownerLabels.length === 1 && ownerLabels[0] === ownerLabel(owner);
    if (ids.has(`${kind.path}/${id}`)) return true;
    return pathsOf(resource).some((path) => {
      const lower = path.toLowerCase();
      return paths.has(path) || (former.has(lower) && isAlone(lower));
    });
  };
}

function pathsOf({ kind, id, slug, fields }: Resource): string[] {
  return [decodeURIComponent(pathOf(kind, slug, fields)), `${kind.path}/${id}`];
}

async function notedFor(owner: string, api: ApiClient): Promise<Noted[]> {
  const noted: Noted[] = [];
  try {
    for await (const entry of api.all<Noted>('/api/managed-resources', { owner })) noted.push(entry);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error; // an older server keeps no book
  }
  return noted;
}
