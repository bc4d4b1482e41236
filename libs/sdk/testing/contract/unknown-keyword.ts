import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { JsonSchema } from '../../index.ts';

/** What a schema has that is no keyword or format, nor a keyword of one's own (`x-…`): misspelt, or of another dialect. */
export function unknownKeyword(schema: JsonSchema): string | undefined {
  const { $schema: _, ...rules } = schema;
  const ajv = new Ajv2020({ strict: false, strictSchema: true, validateSchema: false, logger: false });
  formats.default(ajv);
  ajv.addVocabulary([...new Set(JSON.stringify(rules).match(/(?<=")x-[^"\\]*(?="\s*:)/g))]);
  try {
    ajv.compile(rules);
    return undefined;
  } catch (error) {
    return /unknown (?:keyword|format): ?"[^"]*"|unknown format "[^"]*"/.exec(String(error))?.[0];
  }
}
