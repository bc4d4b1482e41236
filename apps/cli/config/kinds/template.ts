import type { Kind } from './kind.ts';
import { contentRehearsals, publication, withPublish } from './publication.ts';
import { blocksIn } from './uses-blocks.ts';

const path = '/api/templates';

/** The draft; with `publish: true` it is also the newest version. */
export const template: Kind = {
  name: 'template',
  folder: 'templates',
  path,
  role: 'marketer',
  leftAlone: ['publish'],
  countedApart: { preflight: 'limitsEdition' },
  defaults: { channel: 'email', purpose: 'marketing', preflight: {} },
  ownFiles: { source: 'html', text: 'txt' },
  normalised: withPublish,
  together: { path: contentRehearsals, as: 'templates' },
  ...publication(path, ({ channel, purpose, subject, preheader, source, format, text, fromName, replyTo }) => [
    channel,
    purpose,
    subject,
    preheader,
    source,
    format,
    text,
    fromName,
    replyTo,
  ]),
  after: ({ subject, preheader, source, text, fromName, replyTo }) =>
    blocksIn([subject, preheader, source, text, fromName, replyTo]),
  async giveSlug(api, { id, slug, fields: { publish: _, ...body } }) {
    await api.put(`${path}/${encodeURIComponent(id)}`, { ...body, slug });
  },
};
