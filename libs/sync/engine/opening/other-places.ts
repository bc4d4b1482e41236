import { MillraceError } from '@millrace/sdk';
import type { OpenConnection } from '#connections';
import { isSubscription, type Run } from '../../runs/run.schema.ts';
import { ConnectionError } from '../connection-error.ts';

type Side = Pick<OpenConnection, 'id' | 'place'>;

/**
 * How far a run has come holds for the places that its connections led to: what lies before that in another one would be passed by, and a mirror
 * would remove it. An endless stream is closed instead, and delivers what it has.
 * @throws ConnectionError `connection_moved`
 */
export function refuseOtherPlaces(run: Pick<Run, 'plan'>, from: Side, to: Side): void {
  if (isSubscription(run)) return;
  const { fromPlace = from.place, toPlace = to.place } = run.plan;
  if (from.place !== fromPlace) throw moved('source', from);
  if (to.place !== toPlace) throw moved('destination', to);
}

function moved(side: string, { id }: Side): ConnectionError {
  const message = `The ${side} leads to another place since this run began, and the run has worked with the former one. Run the sync again: it starts over.`;
  return new ConnectionError(new MillraceError('connection_moved', message), id);
}
