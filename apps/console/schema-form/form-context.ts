import { createContext, useContext, type ReactNode } from 'react';
import type { JsonObject } from './json.ts';
import type { Schema } from './schema.ts';

/** What is wrong with the value at a dotted path. */
export interface Fault {
  path: string;
  message: string;
}

/** The fields of an object. */
export interface FieldsProps {
  schema: Schema;
  value: JsonObject;
  /** Dotted; '' for the whole. */
  path: string;
  onChange: (value: JsonObject) => void;
}

interface FormState {
  /** Shows the fields of an object: whatever has objects inside gets it from here, so that no two files need each other. */
  renderFields: (props: FieldsProps) => ReactNode;
  faults: readonly Fault[];
  /** Dotted paths of the secrets that are stored. */
  stored: readonly string[];
}

export const FormContext = createContext<FormState>({ renderFields: () => null, faults: [], stored: [] });

/** What is wrong with exactly this. */
export function useFaults(path: string): string[] {
  const { faults } = useContext(FormContext);
  return faults.filter((fault) => fault.path === path).map(({ message }) => message);
}

/** Whether anything is wrong below one of these. */
export function useHasFaults(paths: readonly string[]): boolean {
  const { faults } = useContext(FormContext);
  return faults.some((fault) => paths.some((path) => fault.path === path || fault.path.startsWith(`${path}.`)));
}

export const useRenderFields = (): FormState['renderFields'] => useContext(FormContext).renderFields;

export const useIsStored = (path: string): boolean => useContext(FormContext).stored.includes(path);

export const pathOf = (parent: string, name: string | number): string =>
  parent === '' ? String(name) : `${parent}.${name}`;
