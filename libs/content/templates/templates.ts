import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { againIfOvertaken, contentHash, listOf, newId, textAfter, Uses, type Removing, type List } from '#platform';
import { UsedBlocks } from '../blocks/index.ts';
import { writtenParts } from '../compose/index.ts';
import { saidLimits } from '../preflight-limits/index.ts';
import { blockNamesIn } from '../prepare/index.ts';
import { Sandbox } from '../sandbox/index.ts';
import type { ChosenTemplate, GivenTemplate, UnsavedTemplate } from './chosen-template.ts';
import type { LintedTemplate, NewTemplate } from './new-template.ts';
import { partsGiven } from './parts-given.ts';
import { publishedAs } from './published-as.ts';
import { refuseStaleDraft, setsLimits } from './refuse-stale-draft.ts';
import { changedMeanwhile, noSuchTemplate, slugTaken } from './template-faults.ts';
import { TemplateFindings } from './template-findings.ts';
import { TemplateStore } from './template-store.ts';
import { TemplateUsage } from './template-usage.ts';
import { templateSummary, templateView, type TemplateSummary, type TemplateView } from './template-view.ts';
import type { StoredTemplate } from './template.schema.ts';

interface Page {
  after?: string;
  limit: number;
}

/** Templates: drafts that are checked whenever they are saved; chosen as they are, or as a version. */
@Injectable()
export class Templates {
  /** Asked before a template is removed, by its slug, or its id where it has none. */
  readonly uses = new Uses('template');
  readonly #belongings: ((template: string) => Promise<void>)[] = [];

  constructor(
    private readonly store: TemplateStore,
    private readonly sandbox: Sandbox,
    private readonly used: UsedBlocks,
    private readonly usage: TemplateUsage,
    private readonly findings: TemplateFindings,
  ) {}

  /** @throws MillraceError `template_invalid`, `template_too_large`, `conflict` when the slug is taken */
  async create(given: NewTemplate): Promise<LintedTemplate> {
    const made = await this.insert(given);
    if (made) return made;
    throw slugTaken(given.slug);
  }

  private async insert({ slug, ...fields }: NewTemplate): Promise<LintedTemplate | undefined> {
    const now = new Date();
    const draft = await this.draftOf(fields);
    const preflight = saidLimits(draft.preflight);
    const made = {
      _id: newId('tpl'),
      ...(slug !== undefined && { slug }),
      ...draft,
      preflight,
      revision: 1,
      published: 0,
      createdAt: now,
    };
    const template: StoredTemplate = { ...made, updatedAt: now };
    return (await this.store.insert(template)) ? this.linted(template) : undefined;
  }

  /**
   * Makes the template of a slug, or makes it what is given (its slug too, if one is); the same again changes nothing. Limits that are not given stay; ones that name the edition they were made from are a `conflict` at another.
   *
   * @param madeFrom the revision that the change was made from: `conflict` when the draft is another one by now (default: any)
   */
  put(ref: string, given: NewTemplate, madeFrom?: number): Promise<{ view: LintedTemplate; created: boolean }> {
    return againIfOvertaken(() => this.putOnce(ref, given, madeFrom));
  }

  /** Throws what is wrong with the template itself; stores nothing. The blocks that it uses may be yet to come. */
  async rehearsePut({ name: _name, channel: _channel, purpose: _purpose, ...given }: NewTemplate): Promise<void> {
    await this.sandbox.check(writtenParts(partsGiven(given)));
  }

  /**
   * As it would be stored, checked like there; nothing is stored.
   * @param used where its blocks are found: drafts that are not saved may stand for what is
   */
  async rehearsed(ref: string, given: NewTemplate, used: UsedBlocks): Promise<StoredTemplate> {
    const known = await this.store.find(ref);
    const now = new Date();
    const draft = await this.draftOf(given, used);
    const made = { _id: ref, slug: ref, revision: 1, published: 0, createdAt: now };
    return { ...(known ?? made), ...draft, updatedAt: now };
  }

  private async putOnce(
    ref: string,
    { slug, ...fields }: NewTemplate,
    madeFrom?: number,
  ): Promise<{ view: LintedTemplate; created: boolean }> {
    const known = await this.store.find(ref);
    if (!known && !madeFrom && !ref.startsWith('tpl_')) {
      const view = await this.insert({ ...fields, slug: slug ?? ref });
      if (view) return { view, created: true };
      throw slug === undefined || slug === ref ? changedMeanwhile() : slugTaken(slug);
    }
    if (!known) throw noSuchTemplate(ref);
    refuseStaleDraft(known, madeFrom, fields.preflight);
    const named = slug ?? known.slug;
    const draft = { ...(await this.draftOf(fields)), ...(named !== undefined && { slug: named }) };
    const preflight = draft.preflight ?? known.preflight;
    if (contentHash(pick(known)) === contentHash(pick({ ...draft, preflight })))
      return { view: await this.linted(known), created: false };
    const updatedAt = new Date();
    const changed = await this.store.change(known, { ...draft, updatedAt });
    if (changed === 'slug taken') throw slugTaken(slug);
    if (changed === 'done') {
      const limitsSet = (known.limitsSet ?? 0) + (setsLimits(known, draft.preflight) ? 1 : 0);
      const counts = { revision: known.revision + 1, limitsSet };
      const stored = { ...known, ...draft, preflight: saidLimits(preflight), updatedAt, ...counts };
      return { view: await this.linted(stored), created: false };
    }
    throw changedMeanwhile();
  }

  /** Removes what belongs to a template (its id), before it is removed itself. */
  onRemove(remove: (template: string) => Promise<void>): void {
    this.#belongings.push(remove);
  }

  /** With its versions and what belongs to it. @throws MillraceError `template_not_found`, `in_use` unless `force` */
  async remove(ref: string, { force = false, rehearse = false }: Removing = {}): Promise<void> {
    const { _id, slug = _id } = await this.require(ref);
    if (!force) await this.uses.refuse(slug);
    if (rehearse) return;
    for (const removeBelongings of this.#belongings) await removeBelongings(_id);
    if (!(await this.store.remove(_id))) throw noSuchTemplate(ref);
  }

  async get(ref: string): Promise<TemplateView> {
    return templateView(await this.require(ref));
  }

  /** By age. */
  async list({ after, limit }: Page): Promise<List<TemplateView>> {
    const found = await this.store.page(textAfter(after), limit + 1);
    return listOf(found, limit, templateView, ({ _id }) => _id);
  }

  /** By age, without what they say. */
  async summaries({ after, limit }: Page): Promise<List<TemplateSummary>> {
    const found = await this.store.summaries(textAfter(after), limit + 1);
    return listOf(found, limit, templateSummary, ({ _id }) => _id);
  }

  /** The draft, or a version. @throws MillraceError `template_not_found`, `template_invalid` for a block that is not there */
  async choose(ref: string, version?: number): Promise<ChosenTemplate> {
    const draft = await this.require(ref);
    const { _id: id, name, channel, purpose, parts, blocks = [], revision, lint } = draft;
    const known = { id, name, lint };
    if (version === undefined) {
      const used = await this.used.of(blocks, 'draft');
      return { ...known, channel, purpose, parts, blocks: used, version: null, revision };
    }
    const published = await this.store.version(id, version);
    if (published) {
      const used = await this.used.of(published.blocks ?? [], 'published');
      return { ...known, ...publishedAs(published, draft), blocks: used, version, revision: null };
    }
    const advice = `GET /api/templates/${id}/versions lists them.`;
    throw new MillraceError('template_not_found', `The template has no version ${version}. ${advice}`);
  }

  /** What is not saved, as if it were a draft. */
  async unsaved({ channel, purpose, ...parts }: UnsavedTemplate): Promise<ChosenTemplate> {
    const names = blockNamesIn(writtenParts(parts).map(({ source }) => source));
    const blocks = await this.used.of(names, 'draft');
    return {
      id: '',
      name: 'Unsaved template',
      channel: channel ?? 'email',
      purpose: purpose ?? 'marketing',
      parts,
      blocks,
      version: null,
      revision: null,
    };
  }

  /** Whatever a request names. @throws MillraceError `bad_request` when it names neither, or both; `template_not_found` */
  async given({ template, version, channel, purpose, ...parts }: GivenTemplate): Promise<ChosenTemplate> {
    const { subject, source, preheader, format, text, fromName, replyTo } = parts;
    const isUnsaved = [subject, source, preheader, format, text, fromName, replyTo].some((part) => part !== undefined);
    if (template !== undefined && !isUnsaved) return this.choose(template, version);
    if (template === undefined && version === undefined && subject !== undefined && source !== undefined) {
      return this.unsaved({ ...partsGiven({ ...parts, subject, source }), channel, purpose });
    }
    throw new MillraceError(
      'bad_request',
      'Name a template: either `template` (an id or a slug, with an optional `version`), or `subject` and `source`.',
    );
  }

  private async draftOf(
    { name, channel, purpose, lint, preflight, ...parts }: Omit<NewTemplate, 'slug'>,
    blocksAt: UsedBlocks = this.used,
  ) {
    const given = partsGiven(parts);
    const written = writtenParts(given);
    const checked = await this.sandbox.check(written);
    const paths = [...new Set(checked.flatMap((part) => part.paths))].sort();
    const blocks = [...new Set(checked.flatMap((part) => part.blocks.map(({ slug }) => slug)))].sort();
    const named = checked.map((part, index) => ({ name: written[index]?.name ?? 'source', uses: part.blocks }));
    const used = await blocksAt.checked(named);
    const uses = await this.usage.usesOf({ ...given, blocks: used });
    return {
      name,
      channel: channel ?? 'email',
      purpose: purpose ?? 'marketing',
      parts: given,
      paths,
      blocks,
      uses,
      lint,
      preflight,
    };
  }

  private async linted(template: StoredTemplate): Promise<LintedTemplate> {
    const used = await this.used.of(template.blocks ?? [], 'draft');
    return { ...templateView(template), findings: await this.findings.of(template, used) };
  }

  /** As it is stored. @throws MillraceError `template_not_found` */
  async require(ref: string): Promise<StoredTemplate> {
    const found = await this.store.find(ref);
    if (!found) throw noSuchTemplate(ref);
    return found;
  }
}

function pick(
  template: Pick<StoredTemplate, 'slug' | 'name' | 'channel' | 'purpose' | 'parts' | 'lint' | 'preflight'>,
): object {
  const { slug, name, channel, purpose, parts, lint } = template;
  const preflight = saidLimits(template.preflight);
  return { slug, name, channel, purpose, parts, ...(lint && { lint }), ...(preflight && { preflight }) };
}
