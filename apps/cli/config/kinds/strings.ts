import type { Fields } from '../documents/document.ts';
import type { Kind } from './kind.ts';

const path = '/api/strings';

/** The texts of one locale; the slug is the locale in lower case: `pt-br`. */
export const strings: Kind = {
  name: 'strings',
  folder: 'strings',
  path,
  role: 'marketer',
  identified: ({ locale, ...view }) => ({ ...view, id: locale as string, slug: (locale as string).toLowerCase() }),
  read: async (api, { id }) => {
    const { texts } = await api.get<{ texts: Fields }>(`${path}/${encodeURIComponent(id)}`);
    return { texts };
  },
};
