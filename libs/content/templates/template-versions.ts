import { Injectable } from '@nestjs/common';
import { againIfOvertaken, listOf, numberAfter, Overtaken, refuseStale, type List } from '#platform';
import { UsedBlocks } from '../blocks/index.ts';
import type { LintedVersion } from './new-template.ts';
import { hashOf, publishedAs } from './published-as.ts';
import { refuseBroken } from './template-faults.ts';
import { TemplateFindings } from './template-findings.ts';
import { TemplateStore } from './template-store.ts';
import { TemplateUsage } from './template-usage.ts';
import { versionView, type TemplateVersionView } from './template-view.ts';
import type { StoredTemplate } from './template.schema.ts';
import type { StoredTemplateVersion } from './template-version.schema.ts';
import { Templates } from './templates.ts';

/** What is published of templates: versions that do not change any more. */
@Injectable()
export class TemplateVersions {
  constructor(
    private readonly templates: Templates,
    private readonly store: TemplateStore,
    private readonly used: UsedBlocks,
    private readonly usage: TemplateUsage,
    private readonly findings: TemplateFindings,
  ) {}

  /**
   * Makes a version of the draft; of a draft that was published already, gives that version.
   *
   * @param madeFrom the revision that was looked at: `conflict` when the draft is another one by now (default: any)
   * @throws MillraceError `template_broken` when the lint finds what would break the mail
   */
  publish(ref: string, by: string, madeFrom?: number): Promise<LintedVersion> {
    return againIfOvertaken(() => this.publishOnce(ref, by, madeFrom));
  }

  private async publishOnce(ref: string, by: string, madeFrom?: number): Promise<LintedVersion> {
    const draft = await this.templates.require(ref);
    refuseStale('template', draft, madeFrom);
    const { _id: template, channel, purpose, parts, blocks = [], published } = draft;
    const used = await this.used.of(blocks, 'published');
    const hash = hashOf(draft);
    const [[newest], findings] = await Promise.all([
      this.store.newestVersions(template, undefined, 1),
      this.findings.of(draft, used),
    ]);
    const usesOf = () => this.usage.usesOf({ ...parts, blocks: used });
    if (newest && hashOf(publishedAs(newest, draft)) === hash) {
      // Versions were once written apart from the note of them.
      if (published < newest.version) await this.store.notePublished(newest, { purpose, uses: await usesOf() });
      return { ...versionView(newest, draft), findings };
    }
    refuseBroken(findings);
    const version = (newest?.version ?? 0) + 1;
    const stored: StoredTemplateVersion = {
      ...{ _id: `${template}:${version}`, template, version, channel, purpose, parts, blocks, hash },
      ...{ publishedAt: new Date(), publishedBy: by },
    };
    if (!(await this.store.publish(stored, { purpose, uses: await usesOf() }))) {
      throw new Overtaken('Somebody else published this template at the same moment: look at its versions.');
    }
    return { ...versionView(stored, draft), findings };
  }

  /**
   * Throws what publishing a draft would throw; stores nothing.
   * @param used where its blocks are found
   */
  async rehearse(draft: StoredTemplate, used: UsedBlocks): Promise<void> {
    const blocks = await used.of(draft.blocks ?? [], 'published');
    const [newest] = await this.store.newestVersions(draft._id, undefined, 1);
    if (!newest || hashOf(publishedAs(newest, draft)) !== hashOf(draft))
      refuseBroken(await this.findings.of(draft, blocks));
  }

  /** Newest first. */
  async list(ref: string, { after, limit }: { after?: string; limit: number }): Promise<List<TemplateVersionView>> {
    const draft = await this.templates.require(ref);
    const below = numberAfter(after);
    const found = await this.store.newestVersions(draft._id, below, limit + 1);
    return listOf(
      found,
      limit,
      (version) => versionView(version, draft),
      ({ version }) => version,
    );
  }
}
