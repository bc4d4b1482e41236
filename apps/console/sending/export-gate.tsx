import type { Gate } from '../api/index.ts';
import { Button, Notice } from '../ui/index.ts';

const told: Record<Gate['state'], string> = {
  passed: 'A preflight of this version for them has passed.',
  exceeded: 'The preflight of this version for them exceeds its limits.',
  outdated: 'The preflight of this version for them is too old, or something changed since.',
  masked: 'The preflight of this version for them saw masks in place of sensitive traits: it takes one of an operator.',
  missing: 'There is no preflight of this version for them yet.',
};

/** Whether the mails may go out, and if not, why and what to do. */
export function ExportGate({ gate: { state, exceeded }, onPreflight }: { gate: Gate; onPreflight: () => void }) {
  if (state === 'passed') return <Notice kind="info">{told.passed}</Notice>;
  return (
    <Notice
      kind="warning"
      actions={
        <Button type="button" onClick={onPreflight}>
          Go to the preflight
        </Button>
      }
    >
      {[told[state], ...exceeded.map(({ message }) => message)].join(' ')}
    </Notice>
  );
}
