import type { PrivacyRequest, RequestState } from '../api/index.ts';
import { Badge, type Tone } from '../ui/index.ts';
import { stateText } from './words.ts';

const tones: Readonly<Record<RequestState, Tone>> = {
  ...{ queued: 'active', running: 'active', waiting: 'waiting', done: 'fine', lifted: 'plain' },
};

export function RequestBadge({ request }: { request: PrivacyRequest }) {
  return <Badge tone={request.overdue ? 'wrong' : tones[request.state]}>{stateText(request)}</Badge>;
}
