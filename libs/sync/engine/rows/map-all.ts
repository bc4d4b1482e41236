import { MillraceError, type CompiledMapping, type Row } from '@millrace/sdk';

/** What a mapping makes of rows, or why it cannot; one a row, in their order. */
export async function mapAll(mapping: CompiledMapping, records: Row[]): Promise<(Row | MillraceError)[]> {
  if (mapping.needsTemplates) return mapping.mapBatch(records);
  return records.map((record) => {
    try {
      return mapping.map(record);
    } catch (error) {
      if (error instanceof MillraceError) return error;
      throw error;
    }
  });
}
