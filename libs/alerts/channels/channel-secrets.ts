import { Injectable } from '@nestjs/common';
import type { Configuration, Secrets } from '#connections';
import { Vault } from '#platform';
import type { Channel } from './channel.schema.ts';

/** Seals a channel's secrets and opens them. */
@Injectable()
export class ChannelSecrets {
  constructor(private readonly vault: Vault) {}

  seal(id: string, secrets: Secrets): Pick<Channel, 'sealed' | 'secretsSet'> {
    const secretsSet = Object.keys(secrets).sort();
    return secretsSet.length === 0 ? { secretsSet } : { sealed: this.vault.seal(secrets, contextOf(id)), secretsSet };
  }

  open({ _id, config, sealed }: Channel): Configuration {
    return { config, secrets: sealed === undefined ? {} : (this.vault.open(sealed, contextOf(_id)) as Secrets) };
  }

  /** Whether they were sealed with an old master key. */
  isOutdated({ sealed }: Channel): boolean {
    return sealed !== undefined && this.vault.needsRotation(sealed);
  }
}

/** A sealed text that is copied to another channel does not open there. */
function contextOf(id: string): string {
  return `alert channel:${id}`;
}
