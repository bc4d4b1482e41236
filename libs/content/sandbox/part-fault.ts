import { TemplateFault } from '../guard/index.ts';
import type { SandboxFault } from './protocol.ts';

/** A fault with the part that it is in. */
export class PartFault extends Error {
  constructor(readonly fault: SandboxFault) {
    super(fault.message);
  }
}

/** Does something for a part; a fault of the template tells the part. @throws PartFault */
export async function inPart<T>(part: string, task: () => T | Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (thrown) {
    throw asPartFault(part, thrown);
  }
}

/** A fault of the template as one of the part; anything else as it is. */
export function asPartFault(part: string, thrown: unknown): unknown {
  if (!(thrown instanceof TemplateFault)) return thrown;
  const { code, message, place } = thrown;
  return new PartFault({ code, message, part, ...(place && { place }) });
}
