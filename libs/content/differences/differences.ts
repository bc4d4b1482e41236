import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Profiles, type Sight } from '#profiles';
import { Composer, type MailTemplate } from '../compose/index.ts';
import { nameOf } from '../preview/index.ts';
import { Studies, type StoredStudy } from '../studies/index.ts';
import { Templates } from '../templates/index.ts';
import { DifferenceStudy, type StoredDifferences } from './difference-study.ts';
import { differencesOf, type PartDifference } from './part-difference.ts';

/** One person's mail, as it was and as it would be. */
export interface DifferenceExample {
  /** Id of the profile. */
  profile: string;
  person: string;
  changes: PartDifference[];
}

/** Mails that differ in the same parts. */
export interface DifferenceKind {
  /** `mail`: there is none with one of the versions. */
  parts: string[];
  people: number;
  examples: DifferenceExample[];
}

export interface MailDifferences extends Omit<StoredDifferences, 'kinds'> {
  kinds: DifferenceKind[];
}

/** Tells whose mails differ between two versions of a template, and how. */
@Injectable()
export class Differences {
  constructor(
    private readonly composer: Composer,
    private readonly templates: Templates,
    private readonly profiles: Profiles,
    private readonly studies: Studies,
  ) {}

  /**
   * @param from a version (default: the newest)
   * @param to a version (default: the draft)
   * @throws MillraceError `template_not_found`, `rate_limited`
   */
  async start(
    template: string,
    from: number | undefined,
    to: number | undefined,
    people: StoredStudy['people'],
  ): Promise<StoredStudy> {
    const { published } = await this.templates.require(template);
    if (from === undefined && published === 0) {
      const message =
        'The template was never published, so there is nothing to compare with. POST …/publish makes a version.';
      throw new MillraceError('template_not_found', message);
    }
    const [before, after] = [
      await this.templates.choose(template, from ?? published),
      await this.templates.choose(template, to),
    ];
    const [was, is] = [before, after].map(({ parts, blocks }) => ({ ...parts, blocks })) as [
      MailTemplate,
      MailTemplate,
    ];
    return this.studies.start('differences', [was, is], people, new DifferenceStudy(this.composer, was, is));
  }

  /** @throws MillraceError `not_found`, `forbidden` */
  get(id: string, sight: Sight): Promise<StoredStudy> {
    return this.studies.require('differences', id, sight);
  }

  /** Null until it is done. The examples are composed anew, of what is known of the people now: no data of theirs is kept. */
  async differencesOf({ templates: [before, after], people, result }: StoredStudy): Promise<MailDifferences | null> {
    if (!before || !after || result === undefined) return null;
    const { kinds, ...counts } = result as StoredDifferences;
    const shown: DifferenceKind[] = [];
    for (const { parts, people: count, profiles } of kinds) {
      const isWhole = !parts.includes('mail');
      const examples = isWhole ? await this.#examples(profiles, before, after, people) : [];
      shown.push({ parts, people: count, examples });
    }
    return { ...counts, kinds: shown };
  }

  async #examples(
    profiles: string[],
    before: MailTemplate,
    after: MailTemplate,
    seen: StoredStudy['people'],
  ): Promise<DifferenceExample[]> {
    const examples = await Promise.all(profiles.map((profile) => this.#example(profile, before, after, seen)));
    return examples.flatMap((example) => example ?? []);
  }

  /** Undefined for who is not there any more. */
  async #example(
    profile: string,
    before: MailTemplate,
    after: MailTemplate,
    { asOf: clock, sight }: StoredStudy['people'],
  ): Promise<DifferenceExample | undefined> {
    try {
      const person = await this.profiles.person(profile, undefined, sight);
      const [was, is] = await Promise.all(
        [before, after].map((template) => this.composer.compose({ ...template, person, clock })),
      );
      return was && is && { profile, person: nameOf(person), changes: differencesOf(was, is) };
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'profile_not_found') return undefined;
      throw error;
    }
  }
}
