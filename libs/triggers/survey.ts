import { Injectable } from '@nestjs/common';
import type { SurveyedTrigger, TriggerSurvey } from '#alerts';
import { Connections } from '#connections';
import { TriggerCollections, type StoredTrigger } from './store/index.ts';
import { definitionOf, Triggers } from './triggers.ts';

/** How all triggers are, for alert rules. There are at most 200. */
@Injectable()
export class Survey implements TriggerSurvey {
  constructor(
    private readonly collections: TriggerCollections,
    private readonly triggers: Triggers,
    private readonly connections: Connections,
  ) {}

  async all(): Promise<SurveyedTrigger[]> {
    const stored = await this.collections.triggers.find({}, { sort: { _id: 1 } }).toArray();
    return Promise.all(stored.map((trigger) => this.#surveyed(trigger)));
  }

  async require(slug: string): Promise<void> {
    await this.triggers.get(slug);
  }

  async #surveyed(trigger: StoredTrigger): Promise<SurveyedTrigger> {
    const { _id: slug, name, paused, health } = trigger;
    const { restUntil: _rest, lastSentAt: _sent, ...troubles } = health;
    const isWell = troubles.failures === 0 && !troubles.givenUp;
    const connection = isWell ? undefined : await this.#connectionOf(trigger);
    return { slug, name, paused, ...troubles, ...(connection !== undefined && { connection }) };
  }

  async #connectionOf(trigger: StoredTrigger): Promise<string | undefined> {
    const { do: action } = definitionOf(trigger);
    if (!('handOver' in action)) return undefined;
    return (await this.connections.find(action.handOver.connection))?.id;
  }
}
