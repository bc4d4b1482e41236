import { Injectable } from '@nestjs/common';
import { Settings } from '#platform';
import type { Sight } from '#profiles';
import { Composer, Preparer, type MailTemplate } from '../compose/index.ts';
import { inertUnsubscribeUrl } from '../preview/index.ts';
import { Studies, StudyPeople, type StoredStudy } from '../studies/index.ts';
import { outcomeView, possibleBranches, type OutcomeView } from './outcome-view.ts';
import { VariantStudy, type StoredGrid } from './variant-study.ts';

export interface Variant {
  /** Id of the profile. */
  profile: string;
  /** What the person is called; null for who is not there any more. */
  person: string | null;
  /** Positions in the grid's `outcomes`. */
  outcomes: number[];
  /** People whose mails have just these outcomes. */
  alike: number;
  /** People whose mails are most like this one; all variants' numbers add up to all people. */
  standsFor: number;
}

/** Real people who together show every outcome. */
export interface VariantGrid {
  outcomes: OutcomeView[];
  /** What no mail of those that were looked at shows. */
  never: OutcomeView[];
  variants: Variant[];
  /** How many different mails there are, by outcomes. */
  distinct: number;
}

/** Finds the variants of a template among real people. */
@Injectable()
export class Variants {
  constructor(
    private readonly composer: Composer,
    private readonly preparer: Preparer,
    private readonly studies: Studies,
    private readonly people: StudyPeople,
    private readonly settings: Settings,
  ) {}

  /** @throws MillraceError `template_invalid`, `template_too_large`, `rate_limited` */
  async start(template: MailTemplate, people: StoredStudy['people']): Promise<StoredStudy> {
    await this.preparer.prepare(template); // its faults are the asker's, not the study's
    const study = new VariantStudy(this.composer, template, inertUnsubscribeUrl(this.settings.publicUrl));
    return this.studies.start('variants', [template], people, study);
  }

  /** @throws MillraceError `not_found`, `forbidden` */
  get(id: string, sight: Sight): Promise<StoredStudy> {
    return this.studies.require('variants', id, sight);
  }

  /** Null until it is done. */
  async gridOf({ templates: [template], result }: StoredStudy): Promise<VariantGrid | null> {
    if (!template || result === undefined) return null;
    const { outcomes, variants, distinct } = result as StoredGrid;
    const prepared = await this.preparer.prepare(template);
    const keys = outcomes.map(({ key }) => key);
    const names = await this.people.names(variants.map(({ profile }) => profile));
    return {
      outcomes: outcomes.map(({ key, people }) => outcomeView(key, people, prepared)),
      never: possibleBranches(prepared)
        .filter((key) => !keys.includes(key))
        .map((key) => outcomeView(key, 0, prepared)),
      variants: variants.map((variant, index) => ({
        ...variant,
        person: names[index] ?? null,
        outcomes: variant.outcomes.map((key) => keys.indexOf(key)),
      })),
      distinct,
    };
  }
}
