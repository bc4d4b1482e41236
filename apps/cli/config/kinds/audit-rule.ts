import { isDeepStrictEqual } from 'node:util';
import { isFields, type Fields } from '../documents/document.ts';
import type { Kind, View } from './kind.ts';

const ownDefaults: Fields = { enabled: true, severity: 'warning', tolerance: 0 };

/** What audits look for: rules of one's own, and what was changed of those that are built in, which have no title here. */
export const auditRule: Kind = {
  name: 'audit-rule',
  folder: 'audit-rules',
  path: '/api/audit-rules',
  role: 'operator',
  refersTo: { connections: 'connection' },
  outlived: ['connections'],
  identified,
  normalised: (fields) => (isOwn(fields) ? { ...ownDefaults, ...fields } : fields),
  shortened: (fields) => {
    if (!isOwn(fields)) return fields;
    return Object.fromEntries(
      Object.entries(fields).filter(([name, value]) => !isDeepStrictEqual(value, ownDefaults[name])),
    );
  },
};

/** Of a built-in one, what a document may say of it. */
function identified({ builtIn, limits, ...view }: Fields): View {
  const { slug, title, revision } = view;
  const named = { id: slug as string, slug: slug as string, name: title as string, revision: revision ?? null };
  if (builtIn !== true) return { ...view, ...named };
  return { ...(isFields(limits) && limits), ...named, builtIn: !isFields(limits) };
}

function isOwn({ title }: Fields): boolean {
  return title !== undefined;
}
