import type { PrivacyRequest } from '../api/index.ts';
import { ListRow } from '../rooms/index.ts';
import { saidText } from '../runs/index.ts';
import { timeAgo } from '../ui/index.ts';
import { RequestBadge } from './request-badge.tsx';
import { isOpen, kinds } from './words.ts';

/** One of a list of requests. */
export function RequestRow({ request }: { request: PrivacyRequest }) {
  const { id, kind, reference, requestedAt, requestedBy, dueAt, reason = '' } = request;
  return (
    <ListRow
      to={{ room: 'privacyRequest', request: id }}
      badge={<RequestBadge request={request} />}
      name={kinds[kind].title}
      aside={isOpen(request) ? `due on ${dueAt.slice(0, 10)}` : `asked for ${timeAgo(requestedAt)}`}
      detail={[reference, `by ${requestedBy.name}`].filter(Boolean).join(' · ')}
      more={isOpen(request) ? saidText(reason) : ''}
    />
  );
}
