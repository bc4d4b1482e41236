import { Injectable } from '@nestjs/common';
import { Vault } from '#platform';
import type { Configuration } from '../config/configuration.ts';
import type { Secrets } from '../config/split-secrets.ts';
import type { StoredConnection } from './connection.schema.ts';
import { ConnectionStore } from './connection-store.ts';

/** Seals a connection's secrets and opens them. */
@Injectable()
export class ConnectionSecrets {
  constructor(
    private readonly vault: Vault,
    private readonly store: ConnectionStore,
  ) {}

  seal(id: string, secrets: Secrets): { sealed?: string; secretsSet: string[] } {
    const secretsSet = Object.keys(secrets).sort();
    return secretsSet.length === 0 ? { secretsSet } : { sealed: this.vault.seal(secrets, contextOf(id)), secretsSet };
  }

  /** What is sealed with an old master key is sealed with the present one, now that it is open anyway. */
  async open({ _id, config, sealed }: StoredConnection): Promise<Configuration> {
    if (sealed === undefined) return { config, secrets: {} };
    const secrets = this.vault.open(sealed, contextOf(_id)) as Secrets;
    if (this.vault.needsRotation(sealed)) {
      await this.store.reseal(_id, sealed, this.vault.seal(secrets, contextOf(_id)));
    }
    return { config, secrets };
  }
}

/** A sealed text that is copied to another connection does not open there. */
function contextOf(id: string): string {
  return `connection:${id}`;
}
