import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError, type JsonSchema } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import { listOf, textAfter, type List, type PageQuery, plainCollection } from '#platform';
import { checkedSchema } from './checked-schema.ts';
import { eventSchemaModel, type EventSchema, type EventSchemaRules } from './event-schema.schema.ts';

/** So many are held in memory by each process that collects. */
const most = 1_000;

export interface EventSchemaView extends EventSchemaRules {
  event: string;
  updatedAt: string;
}

/** The tracking plan: a schema for each event that has one. */
@Injectable()
export class EventSchemas {
  private readonly schemas: mongo.Collection<EventSchema>;

  constructor(@InjectModel(eventSchemaModel) schemas: Model<EventSchema>) {
    this.schemas = plainCollection<EventSchema>(schemas);
  }

  /** Throws `bad_request`, `conflict`. */
  async put(
    event: string,
    { schema, onViolation }: EventSchemaRules,
  ): Promise<{ view: EventSchemaView; created: boolean }> {
    await this.check(event, { schema });
    const next = { json: JSON.stringify(schema), onViolation, updatedAt: new Date() };
    const { upsertedCount } = await this.schemas.updateOne({ _id: event }, { $set: next }, { upsert: true });
    return { view: viewOf({ _id: event, ...next }), created: upsertedCount > 0 };
  }

  /** Throws what `put` would throw; stores nothing. */
  async check(event: string, { schema }: Pick<EventSchemaRules, 'schema'>): Promise<void> {
    checkedSchema(schema);
    const isNew = (await this.schemas.countDocuments({ _id: event })) === 0;
    if (isNew && (await this.schemas.estimatedDocumentCount()) >= most)
      throw new MillraceError('conflict', `There are ${most} event schemas already. Remove one first.`);
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

function viewOf({ _id: event, json, onViolation, updatedAt }: EventSchema): EventSchemaView {
  return { event, schema: JSON.parse(json) as JsonSchema, onViolation, updatedAt: updatedAt.toISOString() };
}

function noSuchSchema(): MillraceError {
  return new MillraceError('not_found', 'This event has no schema. GET /api/event-schemas lists those that have one.');
}
