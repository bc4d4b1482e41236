import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { MillraceError, messageOf } from '../errors/index.ts';
import type { JsonSchema } from '../json.ts';
import { isIsoInstant } from '../mapping/index.ts';

export interface SchemaFault {
  /** Dotted path of the value (empty: the whole). */
  path: string;
  message: string;
}

export interface SchemaOptions {
  /** Fills in `default` values: changes the checked value. */
  defaults?: boolean;
}

/** Checks schemas themselves. One for all: to compile the schema of schemas takes a hundred times as long as an ordinary one. */
const ofSchemas = new Ajv2020({ strict: false });

/** Compiles a JSON Schema once; the result lists the faults of a value (none: it is valid). Throws `invalid_connector`. */
export function compileSchema(schema: JsonSchema, options: SchemaOptions = {}): (value: unknown) => SchemaFault[] {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    useDefaults: options.defaults ?? false,
    validateFormats: true,
    validateSchema: false,
  });
  formats.default(ajv);
  ajv.addFormat('date-time', { type: 'string', validate: isDateTime });
  try {
    const { $schema: _, ...rules } = schema; // drafts differ in keywords that Ajv reads alike
    if (!ofSchemas.validateSchema(rules)) throw new Error(ofSchemas.errorsText(ofSchemas.errors, { dataVar: 'it' }));
    const validate = ajv.compile(rules);
    return (value) => (validate(value) ? [] : (validate.errors ?? []).map(faultOf));
  } catch (error) {
    throw new MillraceError('invalid_connector', `The schema cannot be compiled: ${messageOf(error)}. Correct it.`, {
      cause: error,
    });
  }
}

const dateTime = formats.default.get('date-time') as { validate: (text: string) => boolean };

/** Most are written as we write them, which is told without what the format's pattern allocates. */
function isDateTime(text: string): boolean {
  return isIsoInstant(text) || dateTime.validate(text);
}

function faultOf(error: ErrorObject): SchemaFault {
  const path = error.instancePath.slice(1).replaceAll('/', '.');
  const extra = (error.params as { additionalProperty?: string }).additionalProperty;
  return {
    path: extra ? [path, extra].filter(Boolean).join('.') : path,
    message: extra ? 'is not known here' : (error.message ?? 'is not valid'),
  };
}
