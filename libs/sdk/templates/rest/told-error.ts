import { isObject } from '../../is-object.ts';

/** Whether an answer tells of an error, as some APIs do with status 200. */
export function tellsError(body: unknown): boolean {
  if (!isObject(body)) return false;
  const { success, ok, status, error, errors } = body;
  return success === false || ok === false || status === 'error' || saysSomething(error) || saysSomething(errors);
}

function saysSomething(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}
