import { decodeCursor, encodeCursor } from '#platform';
import { MillraceError } from '@millrace/sdk';
import { changeKey, isEntered, type ChangePlace, type Membership, type StoredAudienceChange } from '#profiles';
import type { ServerMessage, ToldChange } from '../protocol/index.ts';
import type { Subscription } from './subscription.ts';

const atATime = 500;
/** Milliseconds by which a change may be recorded before one that was seen earlier: several processes tell them. */
const overlap = 5_000;

/** Who enters and leaves an audience, in order, from a position or a moment on. A change may be told again after resuming; its id is the same. */
export class AudienceSubscription implements Subscription {
  #place: ChangePlace;
  /** Told within the overlap: id → when it was recorded. */
  readonly #told = new Map<string, number>();

  constructor(
    readonly id: string,
    private readonly membership: Membership,
    private readonly audience: string,
    from: string | Date,
  ) {
    this.#place = typeof from === 'string' ? placeAt(from) : { recordedAt: from, id: '' };
  }

  get position(): string {
    const { recordedAt, id } = this.#place;
    return encodeCursor([recordedAt.getTime(), id]);
  }

  /** Begins now: what was recorded already is not told. */
  async skipPast(): Promise<void> {
    while ((await this.#next()).length > 0);
  }

  async look(): Promise<ServerMessage[]> {
    const changes = await this.#next();
    if (changes.length === 0) return [];
    return [
      {
        type: 'changes',
        id: this.id,
        data: changes.map((change) => toldOf(change, this.audience)),
        position: this.position,
      },
    ];
  }

  /** A page at a time; the next look goes on behind it. */
  async #next(): Promise<StoredAudienceChange[]> {
    const late = await this.#page(
      { recordedAt: new Date(this.#place.recordedAt.getTime() - overlap), id: '' },
      this.#told.size + atATime,
    );
    const fresh = late.filter(({ _id }) => !this.#told.has(_id)).slice(0, atATime);
    for (const { _id, recordedAt } of fresh) {
      this.#told.set(_id, recordedAt.getTime());
      if (isBeyond(recordedAt, _id, this.#place)) this.#place = { recordedAt, id: _id };
    }
    const oldest = this.#place.recordedAt.getTime() - overlap;
    for (const [id, recordedAt] of this.#told) if (recordedAt < oldest) this.#told.delete(id);
    return fresh;
  }

  #page(place: ChangePlace, limit: number): Promise<StoredAudienceChange[]> {
    return this.membership.changesAfter({ audience: this.audience }, place, limit);
  }
}

function isBeyond(recordedAt: Date, id: string, place: ChangePlace): boolean {
  const [at, than] = [recordedAt.getTime(), place.recordedAt.getTime()];
  return at > than || (at === than && id > place.id);
}

function toldOf(change: StoredAudienceChange, audience: string): ToldChange {
  const { profile, v, at } = change;
  return {
    ...{ id: changeKey(profile, v, audience), profile, at: at.toISOString() },
    change: isEntered(change, audience) ? 'entered' : 'left',
  };
}

/** Throws `bad_request`. */
function placeAt(position: string): ChangePlace {
  const [at, id] = [decodeCursor(position)].flat();
  if (typeof at === 'number' && Number.isSafeInteger(at) && typeof id === 'string')
    return { recordedAt: new Date(at), id };
  throw new MillraceError('bad_request', '`after` is no position of an audience: use that of the last changes.');
}
