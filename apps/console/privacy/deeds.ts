import type { Api, PrivacyRequest } from '../api/index.ts';
import type { Deed } from '../rooms/index.ts';
import { downloadBlob } from '../ui/index.ts';

/** What may be done with a request as it is now. */
export function deedsOf(request: PrivacyRequest, now = Date.now()): Deed[] {
  const { id, kind, state } = request;
  if (state !== 'done') return [];
  if (kind !== 'export') return [lifting(request)];
  if (isGone(request, now)) return [];
  return [
    { ...downloading(id, 'html', 'Download it to be read'), main: true },
    downloading(id, 'json', 'Download it for machines'),
  ];
}

/** An export whose files were kept long enough. */
export function isGone({ expiresAt }: Pick<PrivacyRequest, 'expiresAt'>, now = Date.now()): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now;
}

function downloading(id: string, type: 'html' | 'json', title: string): Deed {
  return {
    name: type,
    title,
    icon: 'save',
    do: async (api: Api) => downloadBlob(`${id}.${type}`, await api.file(`api/privacy/requests/${id}/export.${type}`)),
    said: 'The file is downloaded.',
  };
}

function lifting({ id, kind }: PrivacyRequest): Deed {
  const text =
    kind === 'restrict'
      ? 'Their data is used again once no other request restricts it: they are sent to the systems that follow the profiles, and may be written to for what they allow.'
      : 'Rows about them are taken again once no other erasure of theirs stands: whatever source still has them brings them back. What they had refused stays refused. Nothing that was erased comes back by itself.';
  return {
    name: 'lift',
    title: 'Lift it',
    icon: 'retry',
    asks: { title: kind === 'restrict' ? 'Lift the restriction?' : 'Lift the erasure?', text, yes: 'Lift it' },
    do: (api) => api.post(`api/privacy/requests/${id}/lift`),
    said: kind === 'restrict' ? 'The restriction is lifted.' : 'The erasure is lifted.',
  };
}
