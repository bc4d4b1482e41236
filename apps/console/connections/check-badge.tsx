import type { Connection } from '../api/index.ts';
import { Badge, type Tone } from '../ui/index.ts';
import { checkState, type CheckState } from './words.ts';

const tones: Partial<Record<CheckState, Tone>> = { works: 'fine', 'does not work': 'wrong', disabled: 'wrong' };

/** Whether a connection works, as far as is known. */
export function CheckBadge({ connection }: { connection: Connection }) {
  const state = checkState(connection);
  return <Badge tone={tones[state] ?? 'plain'}>{state}</Badge>;
}
