import { MillraceError } from '@millrace/sdk';
import type { PushedEvents, SendingSource } from '#collect';
import { toProblem } from '#platform';
import {
  mostUnacknowledged,
  mostUnacknowledgedBytes,
  type ClientMessage,
  type ServerMessage,
} from '../protocol/index.ts';

type Push = Extract<ClientMessage, { type: 'push' }>;

/** Milliseconds after which a client tries again whose pushes were too many. */
const pause = 250;

/** The pushes of one connection: acknowledged once they are durable, and bounded until then. */
export class Pushes {
  #count = 0;
  #bytes = 0;

  constructor(private readonly events: PushedEvents) {}

  /** @param bytes of the message */
  async take(source: SendingSource, { type: _, id, ...fields }: Push, bytes: number): Promise<ServerMessage> {
    if (this.#count >= mostUnacknowledged || this.#bytes + bytes > mostUnacknowledgedBytes)
      return { type: 'busy', id, retryAfter: pause };
    this.#count++;
    this.#bytes += bytes;
    try {
      const { rejected, warnings } = await this.events.take(source, fields);
      return {
        ...{ type: 'ack', id },
        ...(rejected.length > 0 && { rejected }),
        ...(warnings.length > 0 && { warnings }),
      };
    } catch (error) {
      return refusal(id, error);
    } finally {
      this.#count--;
      this.#bytes -= bytes;
    }
  }
}

function refusal(id: string, error: unknown): ServerMessage {
  if (error instanceof MillraceError && (error.code === 'rate_limited' || error.code === 'service_unavailable'))
    return { type: 'busy', id, retryAfter: error.retryAfter ?? 1_000 };
  const { code, detail } = toProblem(error);
  return { type: 'error', id, code, message: detail ?? '' };
}
