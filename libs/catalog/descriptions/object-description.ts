import { fieldList, type DestinationObject, type JsonSchema, type Mapping, type WriteMode } from '@millrace/sdk';

/** What can be told of a destination's object without writing to it. */
export interface ObjectDescription {
  name: string;
  title: string;
  description?: string;
  /** Fields of the mapped record that name it at the destination. */
  key: string[];
  modes: WriteMode[];
  schema?: JsonSchema;
  idempotency: DestinationObject['idempotency'];
  /** Each run puts its rows in the place of those of the run before. */
  startsAnew?: boolean;
  /** Limits of one push. */
  batch: { records: number; bytes: number };
  /** The usual mapping from a profile. */
  mapping?: Mapping;
}

const usualBatch = { records: 1_000, bytes: 1_000_000 };

export function describeObject(name: string, object: DestinationObject): ObjectDescription {
  return {
    name,
    title: object.title ?? name,
    description: object.description,
    key: fieldList(object.key),
    modes: object.modes,
    schema: object.schema,
    idempotency: object.idempotency,
    startsAnew: object.startsAnew,
    batch: { ...usualBatch, ...object.batch },
    mapping: object.mapping,
  };
}
