import { Injectable } from '@nestjs/common';
import { MillraceError, type Json } from '@millrace/sdk';
import type { Sight } from '#profiles';
import {
  exceededLimits,
  withUsualLimits,
  type ExceededLimit,
  type PreflightLimits,
} from '../preflight-limits/index.ts';
import { TemplateStore, type ChosenTemplate } from '../templates/index.ts';
import { describeExceeded } from './describe-exceeded.ts';
import { PreflightKeys } from './preflight-keys.ts';
import type { StoredPreflight } from './preflight.schema.ts';
import { Preflights } from './preflights.ts';
import { judgedCounts, type Tally } from './tally.ts';

/** Whether mails may go out: `passed`, or why not. */
export interface GateVerdict {
  /**
   * `missing`: there is no preflight of this content and audience, as of when it was made; `outdated`: it is too old, or the audience asks for something else by now; `masked`:
   * its mails showed a mask where those that are sent show a sensitive trait.
   */
  state: 'passed' | 'exceeded' | 'outdated' | 'masked' | 'missing';
  /** Id of the newest preflight. */
  preflight: string | null;
  exceeded: ExceededLimit[];
  limits: PreflightLimits;
}

/** Asked before mails leave Millrace: whether a preflight of just this content, for just this audience, has passed lately. */
@Injectable()
export class PreflightGate {
  constructor(
    private readonly preflights: Preflights,
    private readonly store: TemplateStore,
    private readonly keys: PreflightKeys,
  ) {}

  /**
   * By the limits that the template has now, whichever held when the preflight was made.
   * @param chosen from `Templates.choose` or `Templates.given`
   * @param audience its slug; absent: everybody
   * @param viewer who asks: of some preflights only those know who see what they saw
   * @throws MillraceError `not_found` for the audience; when the template is at fault
   */
  async verdict(chosen: ChosenTemplate, audience: string | undefined, viewer: Sight): Promise<GateVerdict> {
    const own = chosen.id === '' ? undefined : (await this.store.find(chosen.id))?.preflight;
    const limits = withUsualLimits(own);
    const [content, asked] = await Promise.all([
      this.keys.ofContent(chosen),
      audience === undefined ? undefined : this.keys.ofAudience(audience),
    ]);
    const newest = await this.preflights.newestDone(content, audience ?? null, viewer);
    if (!newest?.endedAt) return { state: 'missing', preflight: null, exceeded: [], limits };
    const exceeded = exceededBy(newest, limits);
    const isOld =
      newest.audienceHash !== asked?.hash || newest.endedAt.getTime() + limits.maximumAgeHours * 3_600_000 < Date.now();
    const isMasked = newest.sight === 'masked';
    const state = isMasked ? 'masked' : isOld ? 'outdated' : exceeded.length > 0 ? 'exceeded' : 'passed';
    return { state, preflight: newest._id, exceeded, limits };
  }

  /**
   * Lets pass, or tells what is in the way. Gives the id of the preflight that passed.
   * @throws MillraceError `preflight_required` when there is none, or it is outdated; `preflight_exceeded`, `not_found` for the audience
   */
  async require(chosen: ChosenTemplate, audience?: string): Promise<string> {
    const { state, preflight, exceeded, limits } = await this.verdict(chosen, audience, 'unmasked');
    if (state === 'passed' && preflight !== null) return preflight;
    const whom = audience === undefined ? 'everybody' : `the audience "${audience}"`;
    if (state !== 'exceeded') {
      const old =
        state === 'outdated'
          ? `The preflight is older than ${limits.maximumAgeHours} hours, or the audience was changed since. `
          : '';
      const masked =
        state === 'masked'
          ? 'The mails show sensitive traits, and the preflight was of a key that sees a mask in their place: it takes one of an operator. '
          : '';
      const message = `${old}${masked}Start a preflight of this version for ${whom}, and wait until it has passed: POST /api/preflights.`;
      throw new MillraceError('preflight_required', message, { details: { preflight } });
    }
    const message = `The preflight for ${whom} exceeds its limits: ${exceeded.map(describeExceeded).join('; ')}. Mend the template, or change its limits.`;
    throw new MillraceError('preflight_exceeded', message, {
      details: { preflight, exceeded: exceeded as unknown as Json },
    });
  }
}

/** What a finished preflight found beyond limits; nothing while it runs. */
export function exceededBy(
  { state, tally }: Pick<StoredPreflight, 'state' | 'tally'>,
  limits: PreflightLimits,
): ExceededLimit[] {
  if (state !== 'done' || tally === undefined) return [];
  return exceededLimits(judgedCounts(JSON.parse(tally) as Tally), limits);
}
