import type { JsonSchema } from '@millrace/sdk';

/** What a record of one kind may say: the one declaration behind the connection `profiles` and the published schemas. */
export interface Kind {
  title: string;
  description: string;
  /** Raised by every change that a valid record of before may not survive. */
  version: number;
  schema: JsonSchema;
}
