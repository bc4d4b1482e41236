import type { Kind } from './kind.ts';

/** What sends events. Its write keys are made on each server and are in no file. */
export const source: Kind = {
  name: 'source',
  folder: 'sources',
  path: '/api/sources',
  role: 'operator',
  defaults: { origins: [] },
  giveSlug: async (api, { id, slug, fields }) => {
    await api.put(`/api/sources/${encodeURIComponent(id)}`, { ...fields, slug });
  },
};
