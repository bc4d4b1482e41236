import { Injectable } from '@nestjs/common';
import {
  Definitions,
  oldestSight,
  slowestWrite,
  type DefinitionsHead,
  type Derivation,
  type Walk,
} from '../definitions/index.ts';
import { DueProfiles } from '../due/index.ts';
import { ProfileStore, type Filter, type StoredProfile } from '../store/index.ts';
import type { Chore } from './chore.ts';
import { mostRows } from './most-rows.ts';
import { Refresher } from './refresher.ts';

const atATime = 1_000;
const attempts = 5;
/** Milliseconds after which no process writes by former definitions any more: it has seen the new ones, and its last write is through. */
const settling = oldestSight + slowestWrite;

/**
 * Walks over all profiles that there are after a change of definitions: at once, and again when no process can still be writing by the former ones. Goes on
 * where it was when its process died. What changes meanwhile is for the next walk; a load that makes new profiles meanwhile is not walked after.
 */
@Injectable()
export class WalkChore implements Chore {
  readonly name = 'walk';

  constructor(
    private readonly store: ProfileStore,
    private readonly definitions: Definitions,
    private readonly due: DueProfiles,
    private readonly refresher: Refresher,
  ) {}

  async isDue(now: Date): Promise<boolean> {
    const head = await this.definitions.head();
    return head !== undefined && (head.walk !== undefined || isWanted(head, now));
  }

  async step(now: Date): Promise<boolean> {
    const head = await this.definitions.head();
    if (!head || (!head.walk && !isWanted(head, now))) return false;
    const walk = head.walk && !isOvertaken(head.walk, head) ? head.walk : await this.#start(head, now);
    const derivation = await this.definitions.latest();
    const people = await this.store.page(placeOf(walk), atATime);
    await this.#refresh(people, derivation, now);
    if (people.length < atATime) await this.#finish(walk);
    else await this.#advance(walk, people);
    return true;
  }

  async #start({ revision, changedAt, walk: overtaken }: DefinitionsHead, now: Date): Promise<Walk> {
    const newest = await this.store.profiles.findOne({}, { projection: { _id: 1 }, sort: { _id: -1 } });
    const total = await this.store.profiles.estimatedDocumentCount();
    const until = newest?._id ?? '';
    const walk: Walk = { revision, settles: isSettled(changedAt, now), until, done: 0, total, startedAt: now };
    await this.definitions.heads.updateOne(
      { _id: 'head', ...(overtaken ? { 'walk.startedAt': overtaken.startedAt } : { walk: { $exists: false } }) },
      { $set: { walk } },
    );
    return walk;
  }

  /** Those that others keep changing are left to the marks. */
  async #refresh(people: StoredProfile[], derivation: Derivation, now: Date): Promise<void> {
    let open = people;
    for (let attempt = 1; open.length > 0 && attempt <= attempts; attempt++) {
      const { lost, tooMany } = await this.refresher.refresh(open, derivation, now, mostRows);
      await this.due.slow(tooMany, now);
      open = [...(await this.store.byIds(lost)).values()];
    }
    await this.due.mark(
      open.map(({ _id }) => _id),
      now,
    );
  }

  async #advance({ startedAt, done }: Walk, people: StoredProfile[]): Promise<void> {
    await this.definitions.heads.updateOne(
      { _id: 'head', 'walk.startedAt': startedAt, 'walk.done': done },
      { $set: { 'walk.after': people.at(-1)?._id, 'walk.done': done + people.length } },
    );
  }

  async #finish({ startedAt, revision, settles }: Walk): Promise<void> {
    await this.definitions.heads.updateOne(
      { _id: 'head', 'walk.startedAt': startedAt },
      { $set: { built: revision, ...(settles && { settled: revision }) }, $unset: { walk: '' } },
    );
    await this.definitions.latest(); // nothing is being built here any more
  }
}

/** Without `until` it was begun by a version that had none. */
function placeOf({ after = '', until }: Walk): Filter<StoredProfile> {
  return { _id: { $gt: after, ...(until !== undefined && { $lte: until }) } };
}

/** Definitions mostly come several at a time: a walk that has hardly begun with the first of them begins anew instead of being followed by another one. */
function isOvertaken({ revision, done, total }: Walk, head: DefinitionsHead): boolean {
  return revision < head.revision && done <= total / 4;
}

function isWanted({ revision, built, settled, changedAt }: DefinitionsHead, now: Date): boolean {
  return built < revision || (settled < revision && isSettled(changedAt, now));
}

function isSettled(changedAt: Date, now: Date): boolean {
  return now.getTime() >= changedAt.getTime() + settling;
}
