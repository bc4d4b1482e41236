import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { messageOf, type JsonSchema, type SchemaFault } from '@millrace/sdk';
import { Log, Regularly } from '#platform';
import { eventNameOf, eventPropertiesOf, invalidMessage, type Message } from '../messages/index.ts';
import { checkedSchema } from './checked-schema.ts';
import type { ViolationPolicy } from './event-schema.schema.ts';
import { EventSchemas } from './event-schemas.ts';

/** Milliseconds after which a change holds in every process. */
const lookEvery = 5_000;
const faultsTold = 5;

interface Rule {
  json: string;
  onViolation: ViolationPolicy;
  faultsOf: (properties: unknown) => SchemaFault[];
}

/** Holds events against their schemas, as they arrive. */
@Injectable()
export class TrackingPlan implements OnModuleInit, OnApplicationShutdown {
  #rules = new Map<string, Rule>();
  readonly #looking: Regularly;

  constructor(
    private readonly schemas: EventSchemas,
    log: Log,
  ) {
    const tell = (error: unknown): void => log.warn({ error: messageOf(error) }, 'the tracking plan stays as it was');
    this.#looking = new Regularly(lookEvery, () => this.refresh(), tell);
  }

  onModuleInit(): Promise<void> {
    return this.refresh();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#looking.end();
  }

  /** Heeds what was changed, without waiting. */
  async refresh(): Promise<void> {
    const rules = new Map<string, Rule>();
    for (const { _id, json, onViolation } of await this.schemas.all()) {
      const known = this.#rules.get(_id);
      const same = known?.json === json ? known.faultsOf : undefined;
      rules.set(_id, { json, onViolation, faultsOf: same ?? checkedSchema(JSON.parse(json) as JsonSchema) });
    }
    this.#rules = rules;
  }

  /** What is wrong with a message that is kept all the same. Throws `invalid_row` for one that the plan refuses. */
  warningOf(message: Message): string | undefined {
    const name = this.#rules.size > 0 ? eventNameOf(message) : undefined;
    const rule = name === undefined ? undefined : this.#rules.get(name);
    const faults = rule?.faultsOf(eventPropertiesOf(message) ?? {}) ?? [];
    if (faults.length === 0) return undefined;
    const told = faults.slice(0, faultsTold).map(({ path, message: what }) => `${path || 'properties'} ${what}`);
    const text = `It does not fit the schema of its event: ${told.join('; ')}.`;
    if (rule?.onViolation === 'reject') throw invalidMessage(text);
    return text;
  }
}
