import { Injectable } from '@nestjs/common';
import { isForbiddenName, MillraceError, refuseVainTests } from '@millrace/sdk';
import { canonicalJson, refuseStale, Uses, type Removing } from '#platform';
import {
  Definitions,
  readAudienceCondition,
  storedMeasure,
  type StoredAudience,
  type StoredComputedTrait,
} from '../definitions/index.ts';
import { readMeasure } from '../measures/index.ts';
import type { ClientSession } from '../store/index.ts';
import type { PutComputedTraitDto } from './computed-trait.dto.ts';

const most = 100;

type Wanted = Omit<StoredComputedTrait, 'revision' | 'createdAt' | 'updatedAt'>;

/** Computed traits: made, changed, removed. */
@Injectable()
export class ComputedTraits {
  /** Asked before a computed trait is removed, besides the audiences. */
  readonly uses = new Uses('computed trait');

  constructor(private readonly definitions: Definitions) {}

  /**
   * Makes it be exactly this. The same again changes nothing. Throws `invalid_condition`, `invalid_trait`, `conflict`.
   *
   * @param madeFrom the revision that the change was made from: `conflict` when it is another one by now, `not_found` when it was removed (default: any)
   */
  async put(
    slug: string,
    dto: PutComputedTraitDto,
    madeFrom?: number,
  ): Promise<{ computedTrait: StoredComputedTrait; created: boolean }> {
    const wanted = wantedOf(slug, dto);
    const present = madeFrom ? await this.get(slug) : await this.find(slug);
    if (present) refuseStale('computed trait', present, madeFrom);
    if (present && saysTheSame(present, wanted)) return { computedTrait: present, created: false };
    const { computedTraits } = this.definitions;
    let after: StoredComputedTrait | undefined;
    await this.definitions.change(async (revision, session) => {
      const before = await this.#checked(wanted, madeFrom, session);
      const now = new Date();
      after = { ...wanted, revision, createdAt: before?.createdAt ?? now, updatedAt: now };
      await computedTraits.replaceOne({ _id: slug }, after, { upsert: true, session });
    });
    return { computedTrait: after ?? (await this.get(slug)), created: !present };
  }

  /** What `put` would make of it, checked like there; nothing is stored. */
  async rehearsePut(slug: string, dto: PutComputedTraitDto, madeFrom?: number): Promise<StoredComputedTrait> {
    const wanted = wantedOf(slug, dto);
    const before = await this.#checked(wanted, madeFrom);
    const now = new Date();
    return { ...wanted, revision: before?.revision ?? 0, createdAt: before?.createdAt ?? now, updatedAt: now };
  }

  /** Throws `not_found`. */
  async get(slug: string): Promise<StoredComputedTrait> {
    const found = await this.find(slug);
    if (found) return found;
    throw noSuch(slug);
  }

  list(after: string | undefined, limit: number): Promise<StoredComputedTrait[]> {
    const beyond = after === undefined ? {} : { _id: { $gt: after } };
    return this.definitions.computedTraits.find(beyond, { sort: { _id: 1 }, limit }).toArray();
  }

  /** Throws `not_found`, `conflict` while an audience asks for it. */
  async remove(slug: string, { force = false, rehearse = false }: Removing = {}): Promise<void> {
    const computed = await this.get(slug);
    if (!force) await this.uses.refuse(computed.trait);
    if (rehearse) return this.#refuseWhileUsed(computed);
    await this.definitions.change(async (_, session) => {
      const before = await this.definitions.computedTraits.findOneAndDelete({ _id: slug }, { session });
      if (before) await this.#refuseWhileUsed(before, session);
    });
  }

  private find(slug: string): Promise<StoredComputedTrait | null> {
    return this.definitions.computedTraits.findOne({ _id: slug });
  }

  /** The one that it replaces. Throws `conflict`, and with `madeFrom` `not_found`. */
  async #checked(
    wanted: Wanted,
    madeFrom: number | undefined,
    session?: ClientSession,
  ): Promise<StoredComputedTrait | null> {
    const before = await this.definitions.computedTraits.findOne({ _id: wanted._id }, { session });
    if (before) refuseStale('computed trait', before, madeFrom);
    else if (madeFrom) throw noSuch(wanted._id);
    else await this.#refuseTooMany(session);
    if (before && before.trait !== wanted.trait) await this.#refuseWhileUsed(before, session);
    await this.#refuseTaken(wanted, session);
    return before;
  }

  async #refuseTooMany(session?: ClientSession): Promise<void> {
    if ((await this.definitions.computedTraits.countDocuments({}, { session })) < most) return;
    throw new MillraceError('conflict', `There are ${most} computed traits, which is as many as can be. Remove one.`);
  }

  async #refuseTaken({ _id, trait }: Wanted, session?: ClientSession): Promise<void> {
    const other = await this.definitions.computedTraits.findOne({ trait, _id: { $ne: _id } }, { session });
    if (!other) return;
    throw new MillraceError(
      'conflict',
      `Computed trait "${other._id}" is called ${trait} already. Choose another \`trait\`.`,
    );
  }

  async #refuseWhileUsed({ trait }: StoredComputedTrait, session?: ClientSession): Promise<void> {
    const audiences = await this.definitions.audiences.find({}, { session }).toArray();
    const users = audiences.filter((audience) => asksFor(audience, trait));
    if (users.length === 0) return;
    throw new MillraceError(
      'conflict',
      `The audiences ${users.map(({ _id }) => _id).join(', ')} ask for computed.${trait}. Change or remove them first.`,
      { details: { users: users.map(({ _id: id, name }) => ({ kind: 'audience', id, name })) } },
    );
  }
}

function noSuch(slug: string): MillraceError {
  return new MillraceError(
    'not_found',
    `There is no computed trait "${slug}". GET /api/computed-traits lists them; PUT /api/computed-traits/${slug} makes it.`,
  );
}

function wantedOf(
  slug: string,
  { name = slug, description, trait = camelCase(slug), ...given }: PutComputedTraitDto,
): Wanted {
  if (isForbiddenName(trait)) {
    const message = `No trait can be called "${trait}": JavaScript takes it for something else. Name another \`trait\`.`;
    throw new MillraceError('invalid_trait', message);
  }
  const { from, calculate, field, where, within } = given;
  const { measure } = readDefinition({
    from,
    calculate,
    ...(field !== undefined && { field }),
    ...(where !== undefined && { where }),
    ...(within !== undefined && { within }),
  });
  return { _id: slug, name, ...(description !== undefined && { description }), trait, ...storedMeasure(measure) };
}

/** Like `readMeasure`, in words of its own. */
function readDefinition(given: object): ReturnType<typeof readMeasure> {
  try {
    const read = readMeasure(given);
    refuseVainTests(given);
    return read;
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    const { code, message, details } = error;
    throw new MillraceError(code, message.replace('The condition', 'The computed trait'), { details, cause: error });
  }
}

function saysTheSame(
  { revision: _, createdAt: __, updatedAt: ___, ...before }: StoredComputedTrait,
  wanted: Wanted,
): boolean {
  return canonicalJson(before) === canonicalJson(wanted);
}

function asksFor({ condition }: StoredAudience, trait: string): boolean {
  return readAudienceCondition(JSON.parse(condition), () => true).computed.has(trait);
}

/** `lifetime-value` → `lifetimeValue`; a name does not start with a digit. */
function camelCase(slug: string): string {
  const name = slug.replace(/-+([a-z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
  return /^\d/.test(name) ? `n${name}` : name;
}
