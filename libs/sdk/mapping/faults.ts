import { MillraceError } from '../errors/index.ts';

/** A mistake in a rule's text, at a position (0-based) where one is known. Becomes `invalid_mapping`. */
export class RuleFault extends Error {
  constructor(
    message: string,
    readonly position?: number,
  ) {
    super(message);
  }
}

/** A value that a transform cannot take. Becomes `mapping_failed`. */
export class ValueFault extends Error {
  constructor(
    /** What the transform needs: `needs a number`. */
    readonly need: string,
    readonly value: unknown,
  ) {
    super(need);
  }
}

/** `invalid_mapping` that names the target, the rule and the column. */
export function invalidMapping(fault: RuleFault, place: { target?: string; rule?: string }): MillraceError {
  const column = fault.position === undefined ? undefined : fault.position + 1;
  const where = [
    place.target !== undefined && `target "${shorten(place.target, 80)}"`,
    place.rule !== undefined && `rule "${shorten(place.rule, 120)}"`,
    column !== undefined && `column ${column}`,
  ].filter((part) => part !== false);
  const at = where.length > 0 ? `${where.join(', ')}: ` : '';
  return new MillraceError('invalid_mapping', `Mapping, ${at}${fault.message}`, {
    details: {
      ...(place.target !== undefined && { target: place.target }),
      ...(place.rule !== undefined && { rule: place.rule }),
      ...(column !== undefined && { column }),
    },
  });
}

const tellsValue = ', but the value is ';
const advice = '. Correct the record at its source, or change the rule.';

/** A message of `mapping_failed` for who may not see the value: it may be a sensitive one. Any other message as it is. */
export function withoutValue(message: string): string {
  const start = message.indexOf(tellsValue);
  const end = message.lastIndexOf(advice);
  return start === -1 || end < start ? message : message.slice(0, start) + message.slice(end);
}

/** `mapping_failed` that names the target and shows the value, shortened. */
export function mappingFailed(target: string, thrown: unknown): MillraceError {
  if (thrown instanceof MillraceError) return thrown;
  const reason =
    thrown instanceof ValueFault
      ? `${thrown.need}${tellsValue}${show(thrown.value)}`
      : `the value could not be computed (${thrown instanceof Error ? thrown.message : String(thrown)})`;
  return new MillraceError('mapping_failed', `Target "${target}": ${reason}${advice}`, {
    cause: thrown,
    details: { target },
  });
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? `"${shorten(value, 40)}"` : shorten(String(value), 40);
}

export function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
