import { Injectable } from '@nestjs/common';
import { MillraceError, type Delivery } from '@millrace/sdk';
import { Signer } from '#platform';
import { DeliveryInbox } from '../store/index.ts';
import { arrivalOf } from './delivery-arrival.ts';
import type { Hook } from './hook.ts';
import { KnownHooks } from './known-hooks.ts';
import { mostMessages } from './limits.ts';
import { Refusals } from './refusals.ts';

/** Takes deliveries in: verified, then durable. */
@Injectable()
export class Receiver {
  constructor(
    private readonly hooks: KnownHooks,
    private readonly inbox: DeliveryInbox,
    private readonly refusals: Refusals,
    private readonly signer: Signer,
  ) {}

  /**
   * Resolves once the delivery is durable, now or from an earlier time. Throws `invalid_signature`, `payload_too_large`, `rate_limited`,
   * `service_unavailable`.
   */
  async receive(hook: Hook, ref: string, delivery: Delivery): Promise<void> {
    await this.#verify(hook, ref, delivery);
    const messages = hook.webhooks.split?.(delivery) ?? [delivery];
    if (messages.length > mostMessages)
      throw new MillraceError('payload_too_large', `A delivery has at most ${mostMessages} messages.`);
    await this.inbox.keep(messages.map((message) => arrivalOf(hook, message, this.signer)));
  }

  async #verify(hook: Hook, ref: string, delivery: Delivery): Promise<void> {
    try {
      await hook.webhooks.verify(delivery, hook.config);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const anew = await this.hooks.again(ref);
      if (!anew || anew === hook) return this.#refuse(hook, error);
      try {
        await anew.webhooks.verify(delivery, anew.config);
      } catch (still) {
        if (!isRefusal(still)) throw still;
        this.#refuse(hook, still);
      }
    }
  }

  #refuse({ id, connector }: Hook, error: MillraceError): never {
    this.refusals.add(id, connector, error.message);
    throw error;
  }
}

function isRefusal(error: unknown): error is MillraceError {
  return error instanceof MillraceError && error.code === 'invalid_signature';
}
