import type { Audience } from '../api/index.ts';
import { Badge } from '../ui/index.ts';

/** Whether everybody was looked at already. */
export function AudienceBadge({ state }: Pick<Audience, 'state'>) {
  return <Badge tone={state === 'ready' ? 'fine' : 'active'}>{state}</Badge>;
}
