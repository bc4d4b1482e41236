import { Badge, type Tone } from '../ui/index.ts';
import type { KeyState } from './key-state.ts';

const tones: Readonly<Record<KeyState, Tone>> = {
  ...{ works: 'fine', unused: 'waiting', expired: 'wrong', revoked: 'plain' },
};

export function KeyBadge({ state }: { state: KeyState }) {
  return <Badge tone={tones[state]}>{state}</Badge>;
}
