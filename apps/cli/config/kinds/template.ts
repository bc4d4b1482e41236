import { isDeepStrictEqual } from 'node:util';
import type { ApiClient } from '../../api/api-client.ts';
import type { Fields } from '../documents/document.ts';
import type { Kind, View } from './kind.ts';

/** The draft; with `publish: true` it is also the newest version. */
export const template: Kind = {
  name: 'template',
  folder: 'templates',
  path: '/api/templates',
  role: 'marketer',
  leftAlone: ['publish'],
  defaults: { channel: 'email', purpose: 'marketing' },
  ownFiles: { source: 'html', text: 'txt' },
  ownFields: { publish: { type: 'boolean' } },
  /** `publish: false` says no more than nothing: a version stays. */
  normalised: ({ publish, ...fields }) => (publish === true ? { ...fields, publish } : fields),
  async read(api, view) {
    const fields: Fields = {};
    if (view.published !== null && (await isPublished(api, view))) fields.publish = true;
    return fields;
  },
  async giveSlug(api, { id, slug, fields: { publish: _, ...body } }) {
    await api.put(`/api/templates/${encodeURIComponent(id)}`, { ...body, slug });
  },
  async finish(api, slug, { publish }) {
    if (publish === true) await api.post(`/api/templates/${encodeURIComponent(slug)}/publish`);
  },
};

async function isPublished(api: ApiClient, view: View): Promise<boolean> {
  const path = `/api/templates/${encodeURIComponent(view.id)}/versions`;
  const [newest] = (await api.get<{ data: Fields[] }>(path, { limit: 1 })).data;
  return newest !== undefined && isDeepStrictEqual(partsOf(newest), partsOf(view));
}

function partsOf({ subject, preheader, source, format, text, fromName, replyTo }: Fields): unknown[] {
  return [subject, preheader, source, format, text, fromName, replyTo];
}
