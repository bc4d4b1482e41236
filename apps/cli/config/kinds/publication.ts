import { isDeepStrictEqual } from 'node:util';
import type { ApiClient } from '../../api/api-client.ts';
import type { Fields } from '../documents/document.ts';
import type { Kind } from './kind.ts';

/** Where blocks and templates that need each other are rehearsed. */
export const contentRehearsals = '/api/content-rehearsals';

/**
 * What has a draft and versions: with `publish: true` the draft is also the newest version.
 *
 * @param partsOf what a version is, of a version and of the draft
 */
export function publication(
  path: string,
  partsOf: (fields: Fields) => unknown[],
): Required<Pick<Kind, 'ownFields' | 'read' | 'finish'>> {
  const at = (ref: string, what: string): string => `${path}/${encodeURIComponent(ref)}/${what}`;
  const isPublished = async (api: ApiClient, id: string, draft: Fields): Promise<boolean> => {
    const [newest] = (await api.get<{ data: Fields[] }>(at(id, 'versions'), { limit: 1 })).data;
    return newest !== undefined && isDeepStrictEqual(partsOf(newest), partsOf(draft));
  };
  return {
    ownFields: { publish: { type: 'boolean' } },
    read: async (api, view): Promise<Fields> =>
      view.published !== null && (await isPublished(api, view.id, view)) ? { publish: true } : {},
    finish: async (api, slug, { publish }, { revision }) => {
      if (publish === true) await api.post(at(slug, 'publish'), {}, { 'if-match': `"${revision as number}"` });
    },
  };
}

/** `publish: false` says no more than nothing: a version stays. */
export function withPublish({ publish, ...fields }: Fields): Fields {
  return publish === true ? { ...fields, publish } : fields;
}
