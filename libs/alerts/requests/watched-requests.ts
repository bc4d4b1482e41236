import { Injectable } from '@nestjs/common';
import type { DueRequests, DueTime } from './due-requests.ts';

/** Tells which requests of people are not finished, though they have to be done within a time. */
export interface RequestSurvey {
  due(time: DueTime): Promise<DueRequests>;
}

/** The requests of people that rules watch. Alerts know nothing of privacy but what is told here. */
@Injectable()
export class WatchedRequests implements RequestSurvey {
  #survey?: RequestSurvey;

  /** Once, at start. */
  watch(survey: RequestSurvey): void {
    this.#survey = survey;
  }

  async due(time: DueTime): Promise<DueRequests> {
    return (await this.#survey?.due(time)) ?? { count: 0, first: [] };
  }
}
