import { Injectable } from '@nestjs/common';
import type { ErrorCode, Row } from '@millrace/sdk';
import { postSigned, WebhookChannelConfig } from '#alerts';
import { Network } from '#platform';
import { HandOver, Runs, Syncs } from '#sync';
import { refuseEndless } from '../definition/index.ts';
import { TriggerCollections, TriggerSecrets, type StoredFiring } from '../store/index.ts';
import type { KnownTrigger } from '../watch/index.ts';
import { KeptPayloads } from './kept-payloads.ts';
import { PersonRecords } from './person-record.ts';

/** What became of an action. */
export interface Done {
  /** What the other side said. */
  said: string;
  /** The run that it started. */
  run?: string;
  /** The other side works, and does not want this. */
  refused?: ErrorCode;
}

/** Carries out what a trigger does, under the firing's id: a repeat is the same to the other side. */
@Injectable()
export class Actions {
  constructor(
    private readonly collections: TriggerCollections,
    private readonly secrets: TriggerSecrets,
    private readonly people: PersonRecords,
    private readonly kept: KeptPayloads,
    private readonly network: Network,
    private readonly handOver: HandOver,
    private readonly syncs: Syncs,
    private readonly runs: Runs,
  ) {}

  /** Throws what went wrong; `run_active` while a run is going on that may have begun too early. */
  async act(trigger: KnownTrigger, firing: StoredFiring): Promise<Done> {
    const { do: action } = trigger.definition;
    if ('sync' in action) return this.#startSync(trigger, action.sync, firing);
    const payload =
      this.kept.of(trigger, firing) ?? (await this.kept.keep(trigger, firing, await this.payload(trigger, firing)));
    if ('webhook' in action) {
      const secret = this.secrets.open(trigger.stored);
      const config: WebhookChannelConfig = { url: action.webhook.url, ...(secret !== undefined && { secret }) };
      return { said: await postSigned(this.network, config, { id: firing._id, body: payload }) };
    }
    const outcome = await this.handOver.send(action.handOver, {
      ...{
        id: firing._id,
        by: `trigger:${trigger.slug}`,
        record: JSON.parse(payload) as Row,
        key: firing.p,
        at: firing.cause.at.toISOString(),
      },
      from: { connection: 'profiles', stream: 'profile', key: ['id'] },
    });
    if (outcome.status === 'rejected') return { said: outcome.message, refused: outcome.code };
    return { said: `${action.handOver.connection} answered: ${outcome.status}.` };
  }

  /** What is sent, as JSON text. Sensitive traits are masked for webhooks; destinations get what the mapping names. */
  async payload(trigger: KnownTrigger, { _id, p, cause, createdAt }: StoredFiring): Promise<string> {
    const { do: action } = trigger.definition;
    if ('handOver' in action)
      return JSON.stringify(await this.handOver.map(action.handOver, await this.people.of(p, cause, 'unmasked')));
    const { cause: why, ...person } = await this.people.of(p, cause, 'masked');
    const data = { firing: _id, trigger: trigger.slug, cause: why, person };
    return JSON.stringify({ type: 'trigger.fired', timestamp: createdAt.toISOString(), data });
  }

  /** One run is enough for all that was ready before it began. */
  async #startSync({ slug, stored }: KnownTrigger, ref: string, { readyAt }: StoredFiring): Promise<Done> {
    const found = await this.collections.triggers.findOne({ _id: slug }, { projection: { health: 1 } });
    const last = (found ?? stored).health.lastRun;
    if (last && last.startedAt >= readyAt) return { said: `Run ${last.id} began after it.`, run: last.id };
    const sync = await this.syncs.require(ref);
    refuseEndless(sync); // it was another one when the trigger was made
    const startedAt = new Date();
    const run = await this.runs.start(sync._id, { trigger: 'trigger' });
    await this.collections.triggers.updateOne(
      { _id: slug },
      { $set: { 'health.lastRun': { id: run._id, startedAt } } },
    );
    return { said: `Run ${run._id} was started.`, run: run._id };
  }
}
