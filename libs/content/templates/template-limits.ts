import { Injectable } from '@nestjs/common';
import { againIfOvertaken, Overtaken, refuseStale } from '#platform';
import { saidLimits, withUsualLimits, type PreflightLimits } from '../preflight-limits/index.ts';
import { limitsEdition, setsLimits } from './refuse-stale-draft.ts';
import { TemplateStore } from './template-store.ts';
import type { StoredTemplate } from './template.schema.ts';
import { Templates } from './templates.ts';

/** With the usual ones where a template has none of its own. */
export interface TemplateLimitsView extends PreflightLimits {
  /** Raised by every change of the limits. */
  edition: number;
}

/** What the preflights of templates may find. */
@Injectable()
export class TemplateLimits {
  constructor(
    private readonly templates: Templates,
    private readonly store: TemplateStore,
  ) {}

  async get(ref: string): Promise<TemplateLimitsView> {
    return limitsView(await this.templates.require(ref));
  }

  /**
   * What is not said is as usual; the same again changes nothing.
   * @param madeFrom the edition that the change was made from: `conflict` when there is another one by now (default: any)
   */
  put(ref: string, limits: Partial<PreflightLimits>, madeFrom?: number): Promise<TemplateLimitsView> {
    return againIfOvertaken(async () => {
      const template = await this.templates.require(ref);
      refuseStale('set of limits', { edition: limitsEdition(template) }, madeFrom);
      const preflight = saidLimits(limits);
      if (!setsLimits(template, limits)) return limitsView(template);
      if (!(await this.store.setLimits(template, preflight)))
        throw new Overtaken('Somebody else changed the limits meanwhile: read them again, then change them.');
      return limitsView({ preflight, limitsSet: (template.limitsSet ?? 0) + 1 });
    });
  }
}

type Limited = Pick<StoredTemplate, 'preflight' | 'limitsSet'>;

function limitsView(template: Limited): TemplateLimitsView {
  return { ...withUsualLimits(template.preflight), edition: limitsEdition(template) };
}
