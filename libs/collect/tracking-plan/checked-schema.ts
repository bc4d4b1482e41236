import { compileSchema, MillraceError, messageOf, type JsonSchema, type SchemaFault } from '@millrace/sdk';

const mostBytes = 64_000;
const slow = ['pattern', 'patternProperties'];
/** Under these, names are those of the sender's fields. */
const named = ['properties', '$defs', 'definitions', 'dependentSchemas'];

/** Checks properties by a schema; throws `bad_request` for one that cannot be used. */
export function checkedSchema(schema: JsonSchema): (properties: unknown) => SchemaFault[] {
  if (JSON.stringify(schema).length > mostBytes) throw refused(`It has more than ${mostBytes / 1_000} KB.`);
  // A regular expression can take for ever, and every event would wait for it.
  const found = slowKeywordIn(schema);
  if (found) throw refused(`"${found}" is not allowed. Use enum, format, minLength and maxLength.`);
  try {
    return compileSchema(schema);
  } catch (error) {
    throw refused(messageOf(error));
  }
}

/** Wherever it is: a `$ref` may make a schema of anything. A field may be called `pattern` where it has a schema, which is no expression. */
function slowKeywordIn(schema: JsonSchema): string | undefined {
  const waiting: { value: unknown; isNamed: boolean }[] = [{ value: schema, isNamed: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, isNamed } = next;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      const isField = isNamed && name === 'pattern' && typeof inner !== 'string';
      if (slow.includes(name) && !isField) return name;
      waiting.push({ value: inner, isNamed: !isNamed && named.includes(name) });
    }
  }
  return undefined;
}

function refused(reason: string): MillraceError {
  return new MillraceError('bad_request', `The schema of the event cannot be used. ${reason}`);
}
