import { Injectable } from '@nestjs/common';
import { MillraceError, type Deliveries } from '@millrace/sdk';

/** Where `ctx.deliveries` comes from: whoever takes in webhooks says so, since connections know nothing of it. */
@Injectable()
export class InboundDeliveries {
  #of?: (connection: string) => Deliveries;

  comeFrom(of: (connection: string) => Deliveries): void {
    this.#of = of;
  }

  of(connection: string): Deliveries {
    const deliveries = (): Deliveries => {
      if (this.#of) return this.#of(connection);
      throw new MillraceError('internal', 'Nothing takes in webhooks in this process.');
    };
    return {
      follow: (options) => deliveries().follow(options),
      lag: (options) => deliveries().lag(options),
    };
  }
}
