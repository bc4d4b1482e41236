import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicate, unlessTaken } from '#platform';
import { addVersion } from '../publication/index.ts';
import { saidLimits, type GivenLimits, type PreflightLimits } from '../preflight-limits/index.ts';
import { setsLimits } from './refuse-stale-draft.ts';
import { templateModel, type StoredTemplate } from './template.schema.ts';
import type { SummarizedTemplate } from './template-view.ts';
import { templateVersionModel, type StoredTemplateVersion } from './template-version.schema.ts';

export type TemplateChange = Omit<
  StoredTemplate,
  | '_id'
  | 'createdAt'
  | 'published'
  | 'publishedUses'
  | 'publishedPurpose'
  | 'usesSeen'
  | 'limitsSet'
  | 'revision'
  | 'preflight'
> & { preflight?: GivenLimits };

/** What a template tells of its newest version. */
export interface NotedOfVersion {
  purpose: string;
  uses: string[];
}

function noteOf({ version }: StoredTemplateVersion, { purpose, uses }: NotedOfVersion): object {
  return { published: version, publishedUses: uses, publishedPurpose: purpose };
}

const summarized = {
  slug: 1,
  name: 1,
  channel: 1,
  purpose: 1,
  'parts.subject': 1,
  revision: 1,
  published: 1,
  createdAt: 1,
  updatedAt: 1,
} as const;

/** Those that were read, or none. */
const limitsOf = ({ limitsSet }: StoredTemplate): object => ({ limitsSet: limitsSet ?? { $exists: false } });

const behind = (after: string | undefined): object => (after === undefined ? {} : { _id: { $gt: after } });

/** Templates and their versions in MongoDB. */
@Injectable()
export class TemplateStore {
  constructor(
    @InjectModel(templateModel) private readonly templates: Model<StoredTemplate>,
    @InjectModel(templateVersionModel) private readonly versions: Model<StoredTemplateVersion>,
  ) {}

  /** False when the slug is taken. */
  insert(template: StoredTemplate): Promise<boolean> {
    return unlessTaken(this.templates.create(template));
  }

  /** @param ref an id or a slug */
  async find(ref: string): Promise<StoredTemplate | undefined> {
    const filter = ref.startsWith('tpl_') ? { _id: ref } : { slug: ref };
    return (await this.templates.findOne(filter).lean<StoredTemplate>()) ?? undefined;
  }

  page(after: string | undefined, limit: number): Promise<StoredTemplate[]> {
    return this.templates.find(behind(after)).sort({ _id: 1 }).limit(limit).lean<StoredTemplate[]>();
  }

  /** Without what they say, which may be large. */
  summaries(after: string | undefined, limit: number): Promise<SummarizedTemplate[]> {
    const found = this.templates.find(behind(after), summarized);
    return found.sort({ _id: 1 }).limit(limit).lean<SummarizedTemplate[]>();
  }

  /**
   * Tells when somebody else was faster, or has the slug. Limits that are not given, or are as they were, stay, whoever set others meanwhile; none (`{}`) takes them away.
   * Nothing is changed where they name their edition and others were set meanwhile.
   */
  async change(known: StoredTemplate, change: TemplateChange): Promise<'done' | 'changed meanwhile' | 'slug taken'> {
    const { _id, revision } = known;
    const { lint, preflight, ...rest } = change;
    if (known.channel !== rest.channel || known.purpose !== rest.purpose) await this.#keepForVersions(known);
    const limits = saidLimits(preflight);
    const sets = setsLimits(known, preflight);
    const absent = { ...(!lint && { lint: 1 }), ...(sets && !limits && { preflight: 1 }) };
    const update = {
      $set: { ...rest, ...(lint && { lint }), ...(sets && limits && { preflight: limits }) },
      ...(Object.keys(absent).length > 0 && { $unset: absent }),
      $inc: { revision: 1, ...(sets && { limitsSet: 1 }) },
    };
    const seen = { _id, revision, ...(preflight?.edition !== undefined && limitsOf(known)) };
    try {
      return (await this.templates.updateOne(seen, update)).matchedCount === 1 ? 'done' : 'changed meanwhile';
    } catch (error) {
      if (isDuplicate(error)) return 'slug taken';
      throw error;
    }
  }

  /** With its versions. False when there is none. */
  async remove(template: string): Promise<boolean> {
    return this.templates.db.transaction(async (session) => {
      await this.versions.deleteMany({ template }, { session });
      return (await this.templates.deleteOne({ _id: template }, { session })).deletedCount === 1;
    });
  }

  /** They are none of the draft's: its revision stays. False when somebody else was faster. */
  async setLimits(known: StoredTemplate, preflight?: Partial<PreflightLimits>): Promise<boolean> {
    const change = preflight ? { $set: { preflight } } : { $unset: { preflight: 1 } };
    const seen = { _id: known._id, ...limitsOf(known) };
    return (await this.templates.updateOne(seen, { ...change, $inc: { limitsSet: 1 } })).matchedCount === 1;
  }

  /** Adds a version and makes it the newest. False when it exists already, or the template is gone. */
  publish(version: StoredTemplateVersion, noted: NotedOfVersion): Promise<boolean> {
    const newest = { $set: noteOf(version, noted) };
    return addVersion(this.templates.db, {
      note: (session) => this.templates.updateOne({ _id: version.template }, newest, { session }),
      add: (session) => this.versions.create([version], { session }),
    });
  }

  /** Makes a version that is there the newest. */
  async notePublished(version: StoredTemplateVersion, noted: NotedOfVersion): Promise<void> {
    const older = { _id: version.template, published: { $lt: version.version } };
    await this.templates.updateOne(older, { $set: noteOf(version, noted) });
  }

  /** Before the draft gets others: old versions that went by its channel and purpose go by them for good. */
  async #keepForVersions({ _id, channel, purpose }: StoredTemplate): Promise<void> {
    await this.versions.updateMany({ template: _id, purpose: { $exists: false } }, { $set: { channel, purpose } });
    const untold = { _id, published: { $gt: 0 }, publishedPurpose: { $exists: false } };
    await this.templates.updateOne(untold, { $set: { publishedPurpose: purpose } });
  }

  async version(template: string, version: number): Promise<StoredTemplateVersion | undefined> {
    return (await this.versions.findOne({ template, version }).lean<StoredTemplateVersion>()) ?? undefined;
  }

  /** Newest first. */
  newestVersions(template: string, below: number | undefined, limit: number): Promise<StoredTemplateVersion[]> {
    const filter = { template, ...(below !== undefined && { version: { $lt: below } }) };
    return this.versions.find(filter).sort({ version: -1 }).limit(limit).lean<StoredTemplateVersion[]>();
  }
}
