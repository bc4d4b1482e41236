import { Injectable } from '@nestjs/common';
import { MillraceError, refuseVainTests } from '@millrace/sdk';
import { seesSensitiveTraits, type KeyHolder } from '#access';
import { againIfOvertaken, canonicalJson, Overtaken, refuseStale, Uses, type Removing } from '#platform';
import {
  buildOf,
  Definitions,
  editionOf,
  readAudienceCondition,
  type AudienceCondition,
  type StoredAudience,
} from '../definitions/index.ts';
import type { ClientSession } from '../store/index.ts';
import { SensitiveTraits } from '../traits/index.ts';
import type { PutAudienceDto } from './audience.dto.ts';

const most = 200;

/** Audiences: made, changed, removed. */
@Injectable()
export class Audiences {
  /** Asked before an audience is removed. */
  readonly uses = new Uses('audience');

  constructor(
    private readonly definitions: Definitions,
    private readonly sensitive: SensitiveTraits,
  ) {}

  /**
   * Makes it be exactly this. The same again changes nothing. Throws `invalid_condition`, `conflict`.
   *
   * @param madeFrom the edition that the change was made from: `conflict` when it is another one by now, `not_found` when it was removed (default: any)
   */
  put(slug: string, dto: PutAudienceDto, madeFrom?: number): Promise<{ audience: StoredAudience; created: boolean }> {
    return againIfOvertaken(() => this.#putOnce(slug, dto, madeFrom));
  }

  async #putOnce(
    slug: string,
    { name = slug, description, condition }: PutAudienceDto,
    madeFrom: number | undefined,
  ): Promise<{ audience: StoredAudience; created: boolean }> {
    await this.readCondition(condition);
    const wanted = {
      _id: slug,
      name,
      ...(description !== undefined && { description }),
      condition: JSON.stringify(condition),
    };
    const present = madeFrom ? await this.get(slug) : await this.find(slug);
    if (present) refuseStale('audience', { edition: editionOf(present) }, madeFrom);
    if (present && saysTheSame(present, wanted)) return { audience: present, created: false };
    const { audiences } = this.definitions;
    if (present && saysTheSame({ ...present, ...wanted, condition: present.condition }, wanted)) {
      const { revision, edition = { $exists: false }, createdAt } = present;
      const renamed = { ...wanted, revision, edition: editionOf(present) + 1, createdAt, updatedAt: new Date() };
      const { matchedCount } = await audiences.replaceOne({ _id: slug, revision, edition }, renamed); // nobody enters or leaves
      if (matchedCount === 0) throw new Overtaken('The audience was changed meanwhile. Read it again, then repeat.');
      return { audience: renamed, created: false };
    }
    let after: StoredAudience | undefined;
    await this.definitions.change(async (revision, session) => {
      await this.readCondition(condition, { session });
      const before = await audiences.findOne({ _id: slug }, { session });
      if (before) refuseStale('audience', { edition: editionOf(before) }, madeFrom);
      else if (present) throw new Overtaken('The audience was removed meanwhile.');
      else await this.#refuseTooMany(session);
      const [now, edition] = [new Date(), before ? editionOf(before) + 1 : 1];
      after = { ...wanted, revision, edition, createdAt: before?.createdAt ?? now, updatedAt: now };
      await audiences.replaceOne({ _id: slug }, after, { upsert: true, session });
    });
    return { audience: after ?? (await this.get(slug)), created: !present };
  }

  /** Throws what `put` would throw; stores nothing. `coming`: computed traits that will be there by then. */
  async rehearsePut(
    slug: string,
    { condition }: PutAudienceDto,
    coming?: readonly string[],
  ): Promise<AudienceCondition> {
    const read = await this.readCondition(condition, { coming });
    if (!(await this.find(slug))) await this.#refuseTooMany();
    return read;
  }

  /** With the computed traits that there are now. Throws `invalid_condition` that names the place. */
  async readCondition(
    condition: unknown,
    { session, coming = [] }: { session?: ClientSession; coming?: readonly string[] } = {},
  ): Promise<AudienceCondition> {
    const known = await this.definitions.computedTraits.find({}, { projection: { trait: 1 }, session }).toArray();
    const names = new Set([...known.map(({ trait }) => trait), ...coming]);
    const read = readAudienceCondition(condition, (name) => names.has(name));
    refuseVainTests(condition);
    return read;
  }

  /** Whoever sees a mask in place of a value may not ask about it either: some counts tell it letter by letter. Throws `forbidden`. */
  async refuseUnseen({ traits }: AudienceCondition, { role }: Pick<KeyHolder, 'role'>): Promise<void> {
    if (seesSensitiveTraits(role)) return;
    const isSensitive = await this.sensitive.judge();
    const unseen = [...traits].find(isSensitive);
    if (unseen === undefined) return;
    throw new MillraceError(
      'forbidden',
      `Your key may not see the sensitive trait "${unseen}", so it cannot ask for it: leave it out, or let an operator do this.`,
    );
  }

  /** The traits that each audience asks for; of one that cannot be read, none. */
  async traitUses(): Promise<{ slug: string; name: string; traits: string[] }[]> {
    const stored = await this.definitions.audiences.find({}, { sort: { _id: 1 } }).toArray();
    return stored.map(({ _id: slug, name, condition }) => ({ slug, name, traits: traitsIn(condition) }));
  }

  /** Throws `not_found`. */
  async get(slug: string): Promise<StoredAudience> {
    const found = await this.find(slug);
    if (found) return found;
    throw new MillraceError(
      'not_found',
      `There is no audience "${slug}". GET /api/audiences lists them; PUT /api/audiences/${slug} makes it.`,
    );
  }

  /** Whether definitions up to a revision have come to all profiles: before, not everybody is in it who belongs to it. */
  async isBuilt(revision: number): Promise<boolean> {
    return buildOf(revision, await this.definitions.head()).state === 'ready';
  }

  list(after: string | undefined, limit: number): Promise<StoredAudience[]> {
    const beyond = after === undefined ? {} : { _id: { $gt: after } };
    return this.definitions.audiences.find(beyond, { sort: { _id: 1 }, limit }).toArray();
  }

  /** Its members leave in the background. Throws `not_found`. */
  async remove(slug: string, { force = false, rehearse = false }: Removing = {}): Promise<void> {
    await this.get(slug);
    if (!force) await this.uses.refuse(slug);
    if (rehearse) return;
    await this.definitions.change(async (_, session) => {
      await this.definitions.audiences.deleteOne({ _id: slug }, { session });
    });
  }

  private find(slug: string): Promise<StoredAudience | null> {
    return this.definitions.audiences.findOne({ _id: slug });
  }

  async #refuseTooMany(session?: ClientSession): Promise<void> {
    if ((await this.definitions.audiences.countDocuments({}, { session })) < most) return;
    throw new MillraceError('conflict', `There are ${most} audiences, which is as many as can be. Remove one.`);
  }
}

type Said = Pick<StoredAudience, '_id' | 'name' | 'description' | 'condition'>;

function saysTheSame(before: Said, wanted: Said): boolean {
  const said = ({ _id, name, description, condition }: Said): string =>
    canonicalJson([_id, name, description, JSON.parse(condition)]);
  return said(before) === said(wanted);
}

function traitsIn(condition: string): string[] {
  try {
    return [...readAudienceCondition(JSON.parse(condition), () => true).traits];
  } catch (error) {
    if (error instanceof MillraceError) return [];
    throw error;
  }
}
