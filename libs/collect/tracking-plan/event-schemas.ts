import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError, type JsonSchema } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import {
  againIfOvertaken,
  listOf,
  Overtaken,
  plainCollection,
  putRevision,
  refuseStale,
  revisionOf,
  textAfter,
  type List,
  type PageQuery,
  type Putting,
} from '#platform';
import { checkedSchema } from './checked-schema.ts';
import { eventSchemaModel, type EventSchema, type EventSchemaRules } from './event-schema.schema.ts';

/** So many are held in memory by each process that collects. */
const most = 1_000;

export interface EventSchemaView extends EventSchemaRules {
  event: string;
  revision: number;
  updatedAt: string;
}

/** The tracking plan: a schema for each event that has one. */
@Injectable()
export class EventSchemas {
  private readonly schemas: mongo.Collection<EventSchema>;

  constructor(@InjectModel(eventSchemaModel) schemas: Model<EventSchema>) {
    this.schemas = plainCollection<EventSchema>(schemas);
  }

  /** The same again changes nothing. Throws `bad_request`, `conflict`; `not_found` when it was removed since the change was made. */
  put(
    event: string,
    rules: EventSchemaRules,
    how: Pick<Putting, 'madeFrom'> = {},
  ): Promise<{ view: EventSchemaView; created: boolean }> {
    return againIfOvertaken(() => this.#putOnce(event, rules, how));
  }

  async #putOnce(
    event: string,
    { schema, onViolation }: EventSchemaRules,
    how: Pick<Putting, 'madeFrom'>,
  ): Promise<{ view: EventSchemaView; created: boolean }> {
    const present = await this.check(event, { schema }, how);
    const json = JSON.stringify(schema);
    if (present?.json === json && present.onViolation === onViolation) return { view: viewOf(present), created: false };
    const seen = present ? revisionOf(present) : 0;
    const next = { _id: event, json, onViolation, revision: seen + 1, updatedAt: new Date() };
    if (await putRevision(this.schemas, next, seen)) return { view: viewOf(next), created: !present };
    throw new Overtaken('Somebody else changed this schema meanwhile: read it again, then change it.');
  }

  /** Throws what `put` would throw; stores nothing. Gives what is there. */
  async check(
    event: string,
    { schema }: Pick<EventSchemaRules, 'schema'>,
    { madeFrom }: Pick<Putting, 'madeFrom'> = {},
  ): Promise<EventSchema | undefined> {
    checkedSchema(schema);
    const present = await this.schemas.findOne({ _id: event });
    if (present) refuseStale('schema', { revision: revisionOf(present) }, madeFrom);
    else if (madeFrom) throw noSuchSchema();
    else if ((await this.schemas.estimatedDocumentCount()) >= most)
      throw new MillraceError('conflict', `There are ${most} event schemas already. Remove one first.`);
    return present ?? undefined;
  }

  /** Throws `not_found`. */
  async get(event: string): Promise<EventSchemaView> {
    const found = await this.schemas.findOne({ _id: event });
    if (!found) throw noSuchSchema();
    return viewOf(found);
  }

  /** By name. */
  async list({ after, limit }: Pick<PageQuery, 'after' | 'limit'>): Promise<List<EventSchemaView>> {
    const position = textAfter(after);
    const filter = position === undefined ? {} : { _id: { $gt: position } };
    const found = await this.schemas.find(filter, { sort: { _id: 1 }, limit: limit + 1 }).toArray();
    return listOf(found, limit, viewOf, ({ _id }) => _id);
  }

  /** Throws `not_found`. */
  async remove(event: string): Promise<void> {
    const { deletedCount } = await this.schemas.deleteOne({ _id: event });
    if (deletedCount === 0) throw noSuchSchema();
  }

  all(): Promise<EventSchema[]> {
    return this.schemas.find({}, { limit: most }).toArray();
  }
}

function viewOf(stored: EventSchema): EventSchemaView {
  const { _id: event, json, onViolation, updatedAt } = stored;
  const schema = JSON.parse(json) as JsonSchema;
  return { event, schema, onViolation, revision: revisionOf(stored), updatedAt: updatedAt.toISOString() };
}

function noSuchSchema(): MillraceError {
  return new MillraceError('not_found', 'This event has no schema. GET /api/event-schemas lists those that have one.');
}
