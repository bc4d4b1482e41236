import { fieldList, type JsonSchema, type Mapping, type Stream } from '@millrace/sdk';

/** What can be told of a stream without reading it. */
export interface StreamDescription {
  name: string;
  title: string;
  description?: string;
  /** Field paths that name a record (empty: a record is what it contains). */
  key: string[];
  cursor?: string;
  /** A run can read only what changed. */
  incremental: boolean;
  /** It can be followed without an end, by subscribing. */
  endless: boolean;
  /** A changed mapping reads it again from the start: that costs no other system anything. */
  replayable: boolean;
  /** It can be read in runs with an end. */
  finite: boolean;
  schema?: JsonSchema;
  /** Object name → the usual mapping to it. */
  outputs?: Record<string, Mapping>;
}

export function describeStream(name: string, stream: Stream): StreamDescription {
  return {
    name,
    title: stream.title ?? name,
    description: stream.description,
    key: fieldList(stream.key),
    cursor: stream.cursor,
    incremental: stream.cursor !== undefined || stream.advance !== undefined,
    endless: stream.subscribe !== undefined,
    replayable: stream.replayable === true,
    finite: stream.read !== undefined,
    schema: stream.schema,
    outputs: stream.outputs,
  };
}
