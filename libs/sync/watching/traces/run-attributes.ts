import type { Run } from '../../runs/run.schema.ts';

/** What every span of a run says of it. */
export function runAttributes({ _id, sync, plan }: Run): Record<string, string> {
  return {
    'millrace.run.id': _id,
    'millrace.sync.id': sync,
    'millrace.source': plan.fromConnector,
    'millrace.destination': plan.toConnector,
  };
}
