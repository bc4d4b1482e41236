export function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** A list of the fault, or an empty one when all is well. */
export function fault(fine: boolean, message: string): string[] {
  return fine ? [] : [message];
}
