import { Injectable } from '@nestjs/common';
import { contentHash } from '#platform';
import { Audiences, ComputedTraits } from '#profiles';
import { Preparer } from '../compose/index.ts';
import { ContentSettings } from '../settings/index.ts';
import { Strings } from '../strings/index.ts';
import type { ChosenTemplate } from '../templates/index.ts';
import { contentKey } from './content-key.ts';

/** More than there can be. */
const allComputedTraits = 10_000;

/** An audience as it is defined. */
export interface AudienceKey {
  /** SHA-256 of what it asks for. */
  hash: string;
  /** The newest revision that made it so. */
  revision: number;
}

/** Tells by hashes of what, and for whom, a preflight was made: another hash is another mail, or other people. */
@Injectable()
export class PreflightKeys {
  constructor(
    private readonly preparer: Preparer,
    private readonly settings: ContentSettings,
    private readonly strings: Strings,
    private readonly audiences: Audiences,
    private readonly computedTraits: ComputedTraits,
  ) {}

  /** @throws MillraceError when the template is at fault */
  async ofContent(chosen: ChosenTemplate): Promise<string> {
    const { strings: keys } = await this.preparer.prepare({ ...chosen.parts, blocks: chosen.blocks });
    const [{ value }, strings] = await Promise.all([this.settings.latest(), this.strings.hashOf(keys)]);
    return contentKey(chosen, { defaultLocale: value.defaultLocale, strings });
  }

  /** Of the condition, and of the computed traits that it asks for. @param audience its slug @throws MillraceError `not_found` */
  async ofAudience(audience: string): Promise<AudienceKey> {
    const { condition, revision } = await this.audiences.get(audience);
    const all = condition.includes('computed.') ? await this.computedTraits.list(undefined, allComputedTraits) : [];
    const asked = all.filter(({ trait }) => condition.includes(`computed.${trait}`));
    const said = asked.map(({ trait, from, calculate, field, where, within }) => {
      return [trait, from, calculate, field, where, within];
    });
    return {
      hash: contentHash([JSON.parse(condition), JSON.parse(JSON.stringify(said))]),
      revision: Math.max(revision, ...asked.map((one) => one.revision)),
    };
  }
}
