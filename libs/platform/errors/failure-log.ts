import { messageOf } from '@millrace/sdk';
import { Seldom, type Log } from '../log/index.ts';
import { toProblem } from './to-problem.ts';

const quietMs = 10_000;

/** Tells of requests that failed: while a service is away every one does, and a stack for each would fill the disk. */
export class FailureLog {
  readonly #away = new Seldom(quietMs);

  constructor(
    private readonly log: Log,
    private readonly message: string,
  ) {}

  tell(error: unknown, about: Record<string, unknown> = {}): void {
    if (toProblem(error).status !== 503) this.log.error({ error, ...about }, this.message);
    else this.#away.tell(1, (count) => this.log.warn({ error: messageOf(error), count }, this.message));
  }
}
