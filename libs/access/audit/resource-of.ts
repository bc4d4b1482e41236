const api = /^\/api\/([a-z0-9-]{1,40})/;

/** What a path is about: `connections` of `/api/connections/con_1`; of other paths their first part. */
export function resourceOf(path: string): string {
  return api.exec(path)?.[1] ?? /^\/([a-z0-9-]{1,40})/.exec(path)?.[1] ?? '';
}
