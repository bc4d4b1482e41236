import type { Schema } from '../schema.ts';

export interface FieldProps {
  schema: Schema;
  name: string;
  /** Dotted, within the whole form. */
  path: string;
  /** Undefined: nothing was entered. */
  value: unknown;
  required: boolean;
  onChange: (value: unknown) => void;
}
