import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';

/** A connection that is part of Millrace, such as `profiles`: nothing to configure, always there. */
export interface BuiltInConnection {
  id: string;
  name: string;
  /** Id of an internal connector of the catalog. */
  connector: string;
}

@Injectable()
export class BuiltInConnections {
  readonly #byId = new Map<string, BuiltInConnection>();

  add(connection: BuiltInConnection): void {
    if (this.#byId.has(connection.id)) {
      throw new MillraceError('conflict', `There is a built-in connection "${connection.id}" already. Add it once.`);
    }
    this.#byId.set(connection.id, connection);
  }

  find(ref: string): BuiltInConnection | undefined {
    return this.#byId.get(ref);
  }

  list(): BuiltInConnection[] {
    return [...this.#byId.values()];
  }

  /** Throws `conflict` for a built-in connection. */
  refuseChange(ref: string): void {
    if (!this.#byId.has(ref)) return;
    throw new MillraceError(
      'conflict',
      `"${ref}" is a built-in connection: it cannot be changed or removed. Use another slug.`,
    );
  }
}
