import { Schema } from 'mongoose';
import type { JsonSchema } from '@millrace/sdk';

export const eventSchemaModel = 'EventSchema';

/** warn: it is kept, and its sender is told; reject: it is refused, and becomes a reject. */
export const violationPolicies = ['warn', 'reject'] as const;
export type ViolationPolicy = (typeof violationPolicies)[number];

/** What the properties of an event have to be. */
export interface EventSchema {
  /** The event's name. */
  _id: string;
  /** As JSON text: keywords such as `$ref` are no names for fields of a database. */
  json: string;
  onViolation: ViolationPolicy;
  /** Raised by every change; absent: not changed since changes were counted. */
  revision?: number;
  updatedAt: Date;
}

export type EventSchemaRules = Pick<EventSchema, 'onViolation'> & { schema: JsonSchema };

export const eventSchemaSchema = new Schema<EventSchema>(
  {
    _id: String,
    json: { type: String, required: true },
    onViolation: { type: String, required: true, enum: violationPolicies },
    revision: Number,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'event_schemas', versionKey: false },
);
