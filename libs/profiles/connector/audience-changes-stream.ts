import { stream, type Page, type ReadContext, type Stream } from '@millrace/sdk';
import { changeKey, isEntered } from '../store/index.ts';
import type { AudienceStreamParts } from './audience-stream.ts';
import { recordOf } from './profile-stream.ts';
import { planUntil, startOfNext, updatedSince } from './updated-since.ts';

/** People; each may have entered several audiences at once. */
const atATime = 250;

/** Who entered and left which audience, as it happened. */
export function audienceChangesStream(parts: AudienceStreamParts): Stream {
  return stream({
    title: 'Audience changes',
    description: 'Every entry into an audience and every exit from one, once, with the person as they are now.',
    key: 'id',
    cursor: 'recordedAt',
    schema: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        audience: { type: 'string', examples: ['loyal'] },
        change: { enum: ['entered', 'left'] },
        at: { type: 'string', format: 'date-time' },
        profile: { type: 'string', examples: ['p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC'] },
        traits: { type: 'object', additionalProperties: true },
        identities: { type: 'object', additionalProperties: true },
        recordedAt: { type: 'string', format: 'date-time' },
      },
      required: ['id', 'audience', 'change', 'at', 'profile', 'recordedAt'],
    },
    plan: planUntil,
    read: (ctx) => readChanges(parts, ctx),
    advance: startOfNext,
  });
}

async function* readChanges(
  { store, settings, sensitive, definitions, membership, restrictions }: AudienceStreamParts,
  { state, until, resume, signal }: ReadContext,
): AsyncGenerator<Page> {
  const derivation = await definitions.current();
  const from = resume as [recordedAt: string, id: string] | undefined;
  let place = from && { recordedAt: new Date(from[0]), id: from[1] };
  const { $gte: since, $lte: through } = updatedSince({ state, until });
  const range = { ...(since && { since }), until: through };
  for (;;) {
    signal.throwIfAborted();
    const changes = await membership.changesAfter(range, place, atATime);
    const last = changes.at(-1);
    if (!last) return;
    place = { recordedAt: last.recordedAt, id: last._id };
    const people = await store.byIds([...new Set(changes.map(({ profile }) => profile))]);
    for (const id of await restrictions.people([...people.values()])) people.delete(id); // their data may not be used
    const [{ priorityOf }, open] = await Promise.all([settings.rules(), sensitive.opener()]);
    const records = changes.flatMap((change) => {
      const { audiences, v, profile, at, recordedAt } = change;
      const person = people.get(profile);
      const { traits, identities, computed } = person ? recordOf(person, { derivation, priorityOf, open }) : {};
      return audiences.map((audience) => ({
        id: changeKey(profile, v, audience),
        audience,
        change: isEntered(change, audience) ? 'entered' : 'left',
        at: at.toISOString(),
        profile,
        ...(person && { traits, identities }),
        ...(computed !== undefined && { computed }),
        recordedAt: recordedAt.toISOString(),
      }));
    });
    yield { records, resume: [last.recordedAt.toISOString(), last._id] };
    if (changes.length < atATime) return;
  }
}
