import { useFaults, useIsStored } from '../form-context.ts';
import { hintOf, titleOf } from '../words.ts';
import type { FieldProps } from './field-props.ts';

/** What is said of a field besides its value, as `Field` and `FieldGroup` take it. */
export interface FieldWords {
  title: string;
  required: boolean;
  hint?: string;
  faults: readonly string[];
  /** A secret is stored: it is kept where nothing else is entered. */
  stored: boolean;
}

export function useField({ schema, name, path, required }: FieldProps): FieldWords {
  return {
    title: titleOf(schema, name),
    required,
    hint: hintOf(schema),
    faults: useFaults(path),
    stored: useIsStored(path),
  };
}
