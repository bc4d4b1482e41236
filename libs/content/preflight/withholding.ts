import { MillraceError } from '@millrace/sdk';
import type { mongo } from 'mongoose';
import type { Sight } from '#profiles';
import type { StoredPreflight } from './preflight.schema.ts';

/** Of fewer people the mere counts tell what somebody's sensitive trait is, once a condition asks for it. */
const fewest = 20;

type Composed = Pick<StoredPreflight, 'sight' | 'total'>;

/** What a condition chose, by how many: that tells values, which are withheld from whoever sees a mask. Old preflights did not say how they saw. */
export function withholdsDetails({ sight }: Composed, viewer: Sight): boolean {
  return viewer === 'masked' && sight !== null && sight !== 'masked';
}

/** Likewise all of it, where it is about few. */
function withholdsAll(preflight: Composed, viewer: Sight): boolean {
  return withholdsDetails(preflight, viewer) && preflight.total < fewest;
}

/** Those of which a viewer may know. */
export function visibleTo(viewer: Sight): mongo.Filter<StoredPreflight> {
  if (viewer === 'unmasked') return {};
  return { $or: [{ sight: 'masked' }, { sight: { $type: 'null' } }, { total: { $gte: fewest } }] };
}

/** Throws `forbidden`. */
export function refuseUnseen(preflight: StoredPreflight, viewer: Sight): StoredPreflight {
  if (!withholdsAll(preflight, viewer)) return preflight;
  const message =
    `The mails were composed with sensitive traits, which your key may not see, for fewer than ${fewest} people: counts would tell them. Start a preflight of ` +
    'your own, or ask an operator.';
  throw new MillraceError('forbidden', message);
}
