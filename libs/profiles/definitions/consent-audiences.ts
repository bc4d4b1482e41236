import { MillraceError } from '@millrace/sdk';
import type { CompiledMeasure } from '../measures/index.ts';
import type { ClientSession } from '../store/index.ts';
import { readAudienceCondition } from './audience-condition.ts';
import type { Definitions } from './definitions.ts';

type AskedConsent = NonNullable<CompiledMeasure['consent']>;

/** Slugs of audiences whose condition asks for a consent that is meant. */
export async function audiencesAsking(
  { audiences }: Definitions,
  isMeant: (consent: AskedConsent) => boolean,
  session?: ClientSession,
): Promise<string[]> {
  const stored = await audiences.find({}, { projection: { condition: 1 }, session }).toArray();
  return stored.flatMap(({ _id, condition }) => (asksFor(condition, isMeant) ? [_id] : []));
}

/** Has audiences looked at anew, as if they had been changed themselves. */
export async function lookAtAnew(
  { audiences }: Definitions,
  slugs: readonly string[],
  revision: number,
  session: ClientSession,
): Promise<void> {
  await audiences.updateMany({ _id: { $in: [...slugs] } }, { $set: { revision } }, { session });
}

/** One that cannot be read asks for nothing. */
function asksFor(condition: string, isMeant: (consent: AskedConsent) => boolean): boolean {
  try {
    const { measures } = readAudienceCondition(JSON.parse(condition), () => true);
    return measures.some(({ consent }) => consent !== undefined && isMeant(consent));
  } catch (error) {
    if (error instanceof MillraceError) return false;
    throw error;
  }
}
