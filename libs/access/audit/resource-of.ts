const api = /^\/api\/([a-z0-9-]{1,40})/i;

/** What a path is about: `connections` of `/api/connections/con_1`; of other paths their first part. Express takes them in letters of any case. */
export function resourceOf(path: string): string {
  const first = api.exec(path)?.[1] ?? /^\/([a-z0-9-]{1,40})/i.exec(path)?.[1] ?? '';
  return first.toLowerCase();
}
