import { stream, type Page, type ReadContext, type Row, type Stream } from '@millrace/sdk';
import { hashText } from '#platform';
import type { StoredConsent } from '../consents/index.ts';
import { splitIdentity } from '../identity/index.ts';
import type { Collection, Filter } from '../store/index.ts';
import { planUntil, startOfNext, updatedSince } from './updated-since.ts';

const atATime = 1_000;

/** The choices that count, as a source: a destination that follows it knows whom it may not write to. What changed since the last run. */
export function consentStream(consents: Collection<StoredConsent>): Stream {
  return stream({
    title: 'Consents',
    description:
      'What each identity agreed to or refused, by channel and purpose: filter by state for a suppression list.',
    key: 'id',
    cursor: 'updatedAt',
    schema: {
      type: 'object',
      properties: {
        id: { type: 'string', description: 'Names identity, channel and purpose.' },
        identity: { type: 'string', examples: ['email:ann@example.com'] },
        kind: { type: 'string', examples: ['email'] },
        value: { type: 'string', examples: ['ann@example.com'] },
        channel: { type: 'string', examples: ['email'] },
        purpose: { type: 'string', description: '"all" speaks for every purpose.', examples: ['newsletter'] },
        state: { enum: ['granted', 'denied'] },
        at: { type: 'string', format: 'date-time', description: 'Absent where the source tells no time.' },
        source: { type: 'string' },
        wording: { type: 'string' },
        updatedAt: { type: 'string', format: 'date-time' },
      },
      required: ['id', 'identity', 'kind', 'value', 'channel', 'purpose', 'state', 'updatedAt'],
    },
    plan: planUntil,
    read: (ctx) => readConsents(consents, ctx),
    advance: startOfNext,
    count: async () => consents.estimatedDocumentCount(),
  });
}

async function* readConsents(
  consents: Collection<StoredConsent>,
  { state, until, resume, signal }: ReadContext,
): AsyncGenerator<Page> {
  const changed: Filter<StoredConsent> = { updatedAt: updatedSince({ state, until }) };
  let after = typeof resume === 'string' ? resume : undefined;
  for (;;) {
    signal.throwIfAborted();
    const filter: Filter<StoredConsent> = { ...changed, ...(after !== undefined && { _id: { $gt: after } }) };
    const found = await consents.find(filter, { sort: { _id: 1 }, limit: atATime, projection: { said: 0 } }).toArray();
    const last = found.at(-1);
    if (!last) return;
    after = last._id;
    yield { records: found.map(recordOf), resume: after };
    if (found.length < atATime) return;
  }
}

/** Of a consent, the key of its record: a destination's log need not name an address. */
export function consentRecordId(consent: string): string {
  return hashText(consent).slice(0, 32);
}

function recordOf({ _id, identity, channel, purpose, state, at, source, wording, updatedAt }: StoredConsent): Row {
  return {
    id: consentRecordId(_id),
    identity,
    ...splitIdentity(identity),
    channel,
    purpose,
    state,
    ...(at && { at: at.toISOString() }),
    ...(source !== undefined && { source }),
    ...(wording !== undefined && { wording }),
    updatedAt: updatedAt.toISOString(),
  };
}
