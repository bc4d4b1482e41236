import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import type { KeyHolder } from '#access';
import { newId, plainCollection, type UsedBy } from '#platform';
import { Audiences, Profiles, SensitiveTraits, sightOf, type Sight } from '#profiles';
import { mayReadTrait, Preparer, type MailTemplate, type PreparedMail } from '../compose/index.ts';
import { withUsualLimits, type PreflightLimits } from '../preflight-limits/index.ts';
import { Templates, TemplateStore, type GivenTemplate } from '../templates/index.ts';
import { Examples } from './examples.ts';
import { PreflightKeys } from './preflight-keys.ts';
import { preflightModel, type StoredPreflight } from './preflight.schema.ts';
import { refuseUnseen, visibleTo } from './withholding.ts';

export interface PreflightRequest extends GivenTemplate {
  /** Slug of an audience; absent: everybody. */
  audience?: string;
  /** The clock of the mails (default: now). */
  asOf?: Date;
  /** Instead of the template's own; what is left out is as there. */
  limits?: Partial<PreflightLimits>;
}

interface ListQuery {
  /** Id of a template. */
  template?: string;
  before?: string;
  limit: number;
  viewer: Sight;
}

const keptFor = 30 * 24 * 3_600_000;
const mostOpen = 20;
const heavy = { mail: 0 } as const;

/** Preflights: begun, told about, called off. Workers do them (preflight-worker.ts). */
@Injectable()
export class Preflights implements OnModuleInit {
  readonly #collection: mongo.Collection<StoredPreflight>;

  constructor(
    @InjectModel(preflightModel) model: Model<StoredPreflight>,
    private readonly templates: Templates,
    private readonly store: TemplateStore,
    private readonly preparer: Preparer,
    private readonly keys: PreflightKeys,
    private readonly profiles: Profiles,
    private readonly audiences: Audiences,
    private readonly examples: Examples,
    private readonly sensitive: SensitiveTraits,
  ) {
    this.#collection = plainCollection<StoredPreflight>(model);
  }

  onModuleInit(): void {
    this.templates.uses.ask((ref) => this.#underWay(ref));
    this.templates.onRemove((template) => this.#removeOf(template));
  }

  /**
   * @param by the key that asks: the mails show no more than it may see
   * @throws MillraceError `template_not_found`, `template_invalid`, `not_found` for the audience, `conflict` while that is being built, `rate_limited`
   */
  async begin({ audience, asOf, limits, ...given }: PreflightRequest, by: KeyHolder): Promise<StoredPreflight> {
    const chosen = await this.templates.given(given);
    const mail = { ...chosen.parts, blocks: chosen.blocks };
    const prepared = await this.preparer.prepare(mail); // its faults are the asker's, not the preflight's
    const sight = await this.#sightOf(by, prepared, mail);
    const hash = await this.keys.ofContent(chosen);
    const asked = audience === undefined ? undefined : await this.keys.ofAudience(audience);
    if (asked && !(await this.audiences.isBuilt(asked.revision))) throw stillBuilding(audience);
    const own = chosen.id === '' ? undefined : (await this.store.find(chosen.id))?.preflight;
    await this.#refuseTooMany();
    const now = new Date();
    const { name, version, revision, channel, purpose } = chosen;
    const preflight: StoredPreflight = {
      ...{ _id: newId('pfl'), state: 'waiting', template: chosen.id === '' ? null : chosen.id },
      ...{ name, version, revision, channel, purpose, mail, hash },
      ...(asked && { audienceHash: asked.hash, audienceRevision: asked.revision }),
      ...{ audience: audience ?? null, asOf: asOf ?? now, limits: withUsualLimits(own, limits), by: by.id, sight },
      ...{ looked: 0, total: await this.profiles.count(audience), workedMs: 0, failures: 0 },
      ...{ createdAt: now, turnAt: now, expiresAt: new Date(now.getTime() + keptFor) },
    };
    await this.#collection.insertOne(preflight);
    return preflight;
  }

  /** @throws MillraceError `not_found` */
  async get(id: string): Promise<StoredPreflight> {
    const found = await this.#collection.findOne({ _id: id });
    if (found) return found;
    const message =
      'There is no such preflight, or not any more: they are kept for 30 days. GET /api/preflights lists them.';
    throw new MillraceError('not_found', message);
  }

  /** @throws MillraceError `not_found`, `forbidden` where it is not for those who see a mask */
  async seenBy(viewer: Sight, id: string): Promise<StoredPreflight> {
    return refuseUnseen(await this.get(id), viewer);
  }

  /** Newest first; without the templates, and without those that are not for the viewer. */
  list({ template, before, limit, viewer }: ListQuery): Promise<StoredPreflight[]> {
    const filter = {
      ...(template !== undefined && { template }),
      ...(before !== undefined && { _id: { $lt: before } }),
      ...visibleTo(viewer),
    };
    return this.#collection.find(filter, { sort: { _id: -1 }, limit, projection: heavy }).toArray();
  }

  /**
   * The newest that is done, of just this content and audience, whoever was in it then: of those whose mails were as they would be sent, or else one
   * that saw a mask; of those that the viewer may know of. Not those of another moment: mails are exported as of now.
   */
  async newestDone(hash: string, audience: string | null, viewer: Sight): Promise<StoredPreflight | null> {
    const options = { sort: { _id: -1 }, projection: heavy } as const;
    const ofThen = { $expr: { $eq: ['$asOf', '$createdAt'] } };
    const done = { hash, audience, state: 'done' as const, ...ofThen, ...visibleTo(viewer) };
    const real = await this.#collection.findOne({ ...done, sight: { $ne: 'masked' } }, options);
    return real ?? this.#collection.findOne(done, options);
  }

  /** It stops within about a second. @throws MillraceError `not_found`, `conflict` when it has ended */
  async cancel(id: string): Promise<StoredPreflight> {
    const end = { $set: { state: 'cancelled' as const, endedAt: new Date() } };
    const { modifiedCount } = await this.#collection.updateOne({ _id: id, endedAt: { $exists: false } }, end);
    const preflight = await this.get(id);
    if (modifiedCount === 1) return preflight;
    throw new MillraceError('conflict', 'The preflight has ended already: nothing is left to cancel.');
  }

  async #underWay(ref: string): Promise<UsedBy[]> {
    const { _id: template } = await this.templates.require(ref);
    const open = { template, state: { $in: ['waiting', 'running'] } } as mongo.Filter<StoredPreflight>;
    const found = await this.#collection.find(open, { projection: { name: 1 } }).toArray();
    return found.map(({ _id: id, name }) => ({ kind: 'preflight', id, name }));
  }

  /** Those that are under way are called off: whoever works on one finds it ended or gone, and stops. */
  async #removeOf(template: string): Promise<void> {
    const end = { $set: { state: 'cancelled' as const, endedAt: new Date() } };
    await this.#collection.updateMany({ template, endedAt: { $exists: false } }, end);
    for (;;) {
      const some = await this.#collection
        .find({ template }, { projection: { _id: 1 }, sort: { _id: -1 }, limit: 500 })
        .toArray();
      if (some.length === 0) return;
      const ids = some.map(({ _id }) => _id);
      await this.examples.removeOf(ids);
      await this.#collection.deleteMany({ _id: { $in: ids } });
    }
  }

  /** Null where it makes no difference. */
  async #sightOf(by: KeyHolder, prepared: PreparedMail, mail: MailTemplate): Promise<Sight | null> {
    const names = await this.sensitive.names();
    return names.some((name) => mayReadTrait(prepared, mail, name)) ? sightOf(by) : null;
  }

  async #refuseTooMany(): Promise<void> {
    const open = { state: { $in: ['waiting', 'running'] } } as mongo.Filter<StoredPreflight>;
    if ((await this.#collection.countDocuments(open, { limit: mostOpen })) < mostOpen) return;
    const message = `${mostOpen} preflights are under way: wait until one is done, or cancel one.`;
    throw new MillraceError('rate_limited', message, { retryAfter: 10_000 });
  }
}

function stillBuilding(audience = ''): MillraceError {
  return new MillraceError(
    'conflict',
    `The audience "${audience}" is still being built: not everybody is in it yet. GET /api/audiences/${audience} tells how far it is; begin when it is ready.`,
    { retryable: true, retryAfter: 10_000 },
  );
}
