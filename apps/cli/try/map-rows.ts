import {
  compileMapping,
  compileSchema,
  messageOf,
  MillraceError,
  type JsonSchema,
  type Mapping,
  type Row,
  type TemplateRenderer,
} from '@millrace/sdk';

/** A row as it would arrive at an object, or why it would not. */
export type Arrival = { record: Row } | { refused: string };

/** Maps rows as the engine would. Templates show as they are written: rendering them takes a server. */
export async function mapRows(mapping: Mapping, rows: Row[], schema?: JsonSchema): Promise<Arrival[]> {
  const validate = schema ? compileSchema(schema) : () => [];
  const mapped = await compileMapping(mapping, { render: unrendered }).mapBatch(rows);
  return mapped.map((record, index) => {
    if (record instanceof MillraceError) return { refused: `${record.code}: ${messageOf(record)}` };
    const [fault] = validate(rows[index]);
    return fault ? { refused: `invalid_row: ${faultText(fault)}` } : { record };
  });
}

const unrendered: TemplateRenderer = async (requests) => requests.map(({ template, rows }) => rows.map(() => template));

/** `email must be string`; a fault of the whole record has no path. */
export function faultText({ path, message }: { path: string; message: string }): string {
  return [path, message].filter(Boolean).join(' ');
}
