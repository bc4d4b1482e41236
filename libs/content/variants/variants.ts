import { Injectable } from '@nestjs/common';
import { Composer, type MailPart, type TemplateParts } from '../compose/index.ts';
import { Sandbox } from '../sandbox/index.ts';
import { Studies, StudyPeople, type StoredStudy } from '../studies/index.ts';
import { outcomeView, possibleBranches, type Outlines, type OutcomeView } from './outcome-view.ts';
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
    private readonly sandbox: Sandbox,
    private readonly studies: Studies,
    private readonly people: StudyPeople,
  ) {}

  /** @throws MillraceError `template_invalid`, `template_too_large`, `rate_limited` */
  async start(parts: TemplateParts, people: StoredStudy['people']): Promise<StoredStudy> {
    await this.#outlines(parts);
    return this.studies.start('variants', [parts], people, new VariantStudy(this.composer, parts));
  }

  /** @throws MillraceError `not_found` */
  get(id: string): Promise<StoredStudy> {
    return this.studies.require('variants', id);
  }

  /** Null until it is done. */
  async gridOf({ templates: [parts], result }: StoredStudy): Promise<VariantGrid | null> {
    if (!parts || result === undefined) return null;
    const { outcomes, variants, distinct } = result as StoredGrid;
    const outlines = await this.#outlines(parts);
    const keys = outcomes.map(({ key }) => key);
    const names = await this.people.names(variants.map(({ profile }) => profile));
    return {
      outcomes: outcomes.map(({ key, people }) => outcomeView(key, people, outlines)),
      never: possibleBranches(outlines)
        .filter((key) => !keys.includes(key))
        .map((key) => outcomeView(key, 0, outlines)),
      variants: variants.map((variant, index) => ({
        ...variant,
        person: names[index] ?? null,
        outcomes: variant.outcomes.map((key) => keys.indexOf(key)),
      })),
      distinct,
    };
  }

  async #outlines(parts: TemplateParts): Promise<Outlines> {
    const given = Object.entries(parts).filter((entry): entry is [MailPart, string] => typeof entry[1] === 'string');
    const checked = await this.sandbox.check(
      given.map(([name, source]) => ({ name, source, html: name === 'source' })),
    );
    return Object.fromEntries(given.map(([name], index) => [name, checked[index]?.outline]));
  }
}
