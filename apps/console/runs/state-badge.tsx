import type { RunState, SyncState } from '../api/index.ts';
import { Badge, type Tone } from '../ui/index.ts';

const tones: Partial<Record<SyncState | RunState, Tone>> = {
  ...{ ok: 'fine', succeeded: 'fine' },
  ...{ failed: 'wrong', disabled: 'wrong' },
  ...{ held: 'waiting', waiting: 'waiting' },
  ...{ running: 'active', queued: 'active' },
};

/** The state of a sync or a run, in the API's own word. */
export function StateBadge({ state }: { state: SyncState | RunState }) {
  return <Badge tone={tones[state] ?? 'plain'}>{state}</Badge>;
}
