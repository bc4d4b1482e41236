import { setTimeout as delay } from 'node:timers/promises';
import { MillraceError, type ErrorOptions } from '@millrace/sdk';

/** Somebody else wrote between reading and writing. */
export class Overtaken extends MillraceError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('conflict', message, options);
  }
}

const attempts = 20;

/** Milliseconds by which the pause before another attempt grows, at most: those who got into each other's way go apart. */
const step = 10;

/** Does what reads, decides and writes; where it was overtaken, all of it again: as if it had come second. */
export async function againIfOvertaken<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Overtaken) || attempt >= attempts) throw error;
      await delay(Math.random() * step * attempt);
    }
  }
}
