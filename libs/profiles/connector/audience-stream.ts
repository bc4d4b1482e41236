import { stream, type Page, type ReadContext, type Stream } from '@millrace/sdk';
import type { StoredAudience } from '../definitions/index.ts';
import type { Membership } from '../membership/index.ts';
import type { Restrictions } from '../restrictions/index.ts';
import { isEntered } from '../store/index.ts';
import { profileSchema, readProfiles, type ProfileStreamParts } from './profile-stream.ts';
import { planUntil, startOfNext, updatedSince } from './updated-since.ts';

const atATime = 1_000;

type Resume = { members: string } | { left: [recordedAt: string, id: string] };

export interface AudienceStreamParts extends ProfileStreamParts {
  membership: Membership;
  restrictions: Restrictions;
}

/** The members of an audience: all of them, then those who entered or changed since the last run. Those who left are deletions. */
export function audienceStream(parts: AudienceStreamParts, { _id: audience, name }: StoredAudience): Stream {
  return stream({
    title: `Audience: ${name}`,
    description: `The members of audience "${audience}", with their traits and identities.`,
    key: 'id',
    cursor: 'updatedAt',
    schema: profileSchema,
    plan: planUntil,
    read: (ctx) => readMembers(parts, audience, ctx),
    advance: startOfNext,
    count: () => parts.membership.count(audience),
  });
}

async function* readMembers(parts: AudienceStreamParts, audience: string, ctx: ReadContext): AsyncGenerator<Page> {
  const { state, until } = ctx;
  const resume = ctx.resume as Resume | undefined;
  if (!resume || 'members' in resume) {
    const after = resume?.members;
    const updatedAt = updatedSince({ state, until });
    // Whoever is no more has no memberships that tell of it: it may have been a member.
    const filter = updatedAt.$gte ? { updatedAt, $or: [{ aud: audience }, { ids: [] }] } : { updatedAt, aud: audience };
    for await (const page of readProfiles(parts, filter, after, ctx.signal))
      yield { records: page.records, deletes: page.deletes, resume: { members: page.after } };
  }
  if (updatedSince({ state, until }).$gte === undefined) return; // a first run has nobody to take back
  yield* readLeavers(parts, audience, ctx, resume && 'left' in resume ? resume.left : undefined);
}

async function* readLeavers(
  { store, membership }: AudienceStreamParts,
  audience: string,
  { state, until, signal }: ReadContext,
  from: [string, string] | undefined,
): AsyncGenerator<Page> {
  let place = from && { recordedAt: new Date(from[0]), id: from[1] };
  const { $gte: since, $lte: through } = updatedSince({ state, until });
  const range = { audience, ...(since && { since }), until: through };
  for (;;) {
    signal.throwIfAborted();
    const changes = await membership.changesAfter(range, place, atATime);
    const last = changes.at(-1);
    if (!last) return;
    place = { recordedAt: last.recordedAt, id: last._id };
    const left = [...new Set(changes.filter((change) => !isEntered(change, audience)).map(({ profile }) => profile))];
    const back = await store.profiles.find({ _id: { $in: left }, aud: audience }, { projection: { _id: 1 } }).toArray();
    const members = new Set(back.map(({ _id }) => _id));
    const deletes = left.filter((id) => !members.has(id)).map((id) => [id]);
    yield { records: [], deletes, resume: { left: [last.recordedAt.toISOString(), last._id] } };
    if (changes.length < atATime) return;
  }
}
