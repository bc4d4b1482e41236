import { isObject } from '../../is-object.ts';

/** Whether an answer tells of an error, as some APIs do with status 200. */
export function tellsError(body: unknown): boolean {
  if (!isObject(body)) return false;
  const { success, ok, status, error, errors } = body;
  return success === false || ok === false || status === 'error' || saysSomething(error) || saysSomething(errors);
}

/** Of an object, unless its code says that all went well: TikTok always has one. */
function saysSomething(value: unknown): boolean {
  if (isObject(value) && /^(0|ok|success)$/i.test(String(value.code))) return false;
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}
