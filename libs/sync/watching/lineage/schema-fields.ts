import type { JsonSchema } from '@millrace/sdk';

/** A field of a dataset, as OpenLineage has it. */
export interface LineageField {
  name: string;
  type?: string;
  fields?: LineageField[];
}

const mostFields = 500;
const deepest = 4;

/** The fields that a schema names: names and types only. */
export function fieldsOf(schema: JsonSchema | undefined, depth = 1): LineageField[] {
  const properties = recordIn(schema?.properties);
  return Object.entries(properties)
    .slice(0, mostFields)
    .map(([name, property]) => {
      const described = recordIn(property);
      const type = typeOf(described);
      const fields = depth < deepest ? fieldsOf(described, depth + 1) : [];
      return { name, ...(type !== undefined && { type }), ...(fields.length > 0 && { fields }) };
    });
}

function typeOf({ type, format }: JsonSchema): string | undefined {
  if (typeof format === 'string') return format;
  const types = (Array.isArray(type) ? (type as unknown[]) : [type]).filter((one) => typeof one === 'string');
  return types.filter((one) => one !== 'null').join(' | ') || undefined;
}

function recordIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
