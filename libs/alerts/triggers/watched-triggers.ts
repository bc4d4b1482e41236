import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { SurveyedTrigger } from './surveyed-trigger.ts';

/** Tells how all triggers are. */
export interface TriggerSurvey {
  all(): Promise<SurveyedTrigger[]>;
  /** Throws `not_found`. */
  require(slug: string): Promise<void>;
}

/** The triggers that rules watch. Alerts know nothing of triggers but what is told here. */
@Injectable()
export class WatchedTriggers implements TriggerSurvey {
  #survey?: TriggerSurvey;

  /** Once, at start. */
  watch(survey: TriggerSurvey): void {
    this.#survey = survey;
  }

  async all(): Promise<SurveyedTrigger[]> {
    return (await this.#survey?.all()) ?? [];
  }

  async require(slug: string): Promise<void> {
    if (this.#survey) return this.#survey.require(slug);
    throw new MillraceError('not_found', `There is no trigger "${slug}": this server has no triggers.`);
  }
}
