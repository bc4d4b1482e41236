import { compileSchema, MillraceError, messageOf, type JsonSchema, type SchemaFault } from '@millrace/sdk';

const mostBytes = 64_000;
const slow = ['pattern', 'patternProperties'];

/** Checks properties by a schema; throws `bad_request` for one that cannot be used. */
export function checkedSchema(schema: JsonSchema): (properties: unknown) => SchemaFault[] {
  const text = JSON.stringify(schema);
  if (text.length > mostBytes) throw refused(`It has more than ${mostBytes / 1_000} KB.`);
  // A regular expression can take for ever, and every event would wait for it.
  const found = slow.find((keyword) => text.includes(`"${keyword}":`));
  if (found) throw refused(`"${found}" is not allowed. Use enum, format, minLength and maxLength.`);
  try {
    return compileSchema(schema);
  } catch (error) {
    throw refused(messageOf(error));
  }
}

function refused(reason: string): MillraceError {
  return new MillraceError('bad_request', `The schema of the event cannot be used. ${reason}`);
}
