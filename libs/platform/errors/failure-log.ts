import { messageOf } from '@millrace/sdk';
import { Seldom, type Log } from '../log/index.ts';
import { isUnreachable } from './mongo-unreachable.ts';
import { toProblem } from './to-problem.ts';

/**
 * Tells of what failed: while a service is away everything does, and a stack for each would fill the disk. That MongoDB is away is told
 * by its connection (`tellMongoOutages`). Where others answer badly, or not in time, a stack of ours says nothing.
 */
export class FailureLog {
  readonly #away = new Seldom();

  constructor(
    private readonly log: Log,
    private readonly message: string,
  ) {}

  readonly tell = (error: unknown, about: Record<string, unknown> = {}): void => {
    if (isUnreachable(error)) return this.log.debug({ error: messageOf(error), ...about }, this.message);
    switch (toProblem(error).status) {
      case 502:
      case 504:
        return this.log.warn({ error: messageOf(error), ...about }, this.message);
      case 503:
        return this.#away.tell(1, (count) => this.log.warn({ error: messageOf(error), count, ...about }, this.message));
      default:
        return this.log.error({ error, ...about }, this.message);
    }
  };
}
