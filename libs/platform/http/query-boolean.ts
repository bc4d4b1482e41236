import { Transform } from 'class-transformer';

/** Takes `true`, `false` or just the name in a query for a boolean. Anything else stays as it is, to be refused by the validation. */
export function QueryBoolean(): PropertyDecorator {
  // Of the query itself: converted to a boolean, every text would be true.
  return Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => booleanOf(obj[key]));
}

function booleanOf(text: unknown): unknown {
  return text === 'true' || text === '' ? true : text === 'false' ? false : text;
}
