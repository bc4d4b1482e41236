import type { JsonSchema } from '../json.ts';

/** What a record of one kind may say: the one declaration behind the outputs of streams, the connection `profiles` and the published schemas. */
export interface RecordKind {
  title: string;
  description: string;
  /** Raised by every change that a valid record of before may not survive. */
  version: number;
  schema: JsonSchema;
}
