import { MillraceError, messageOf } from '../../index.ts';

/** A breach of the contract. */
export function fault(message: string, cause?: unknown): MillraceError {
  return new MillraceError('invalid_connector', message, { cause });
}

/** Runs something that should succeed; what it throws is told with its place. */
export async function succeed<T>(what: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    const code = thrown instanceof MillraceError ? `${thrown.code}: ` : '';
    throw fault(`${what} failed: ${code}${messageOf(thrown)}`, thrown);
  }
}

/** Fails when the promise takes longer. */
export async function within<T>(milliseconds: number, promise: Promise<T>, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(fault(message)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
