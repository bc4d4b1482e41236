import { Injectable } from '@nestjs/common';
import { Vault } from '#platform';
import type { StoredTrigger } from './trigger.schema.ts';

/** Seals the signing secret of a trigger's webhook, and opens it. */
@Injectable()
export class TriggerSecrets {
  constructor(private readonly vault: Vault) {}

  seal(slug: string, secret: string | undefined): Pick<StoredTrigger, 'sealed' | 'secretsSet'> {
    if (secret === undefined) return { secretsSet: [] };
    return { sealed: this.vault.seal(secret, contextOf(slug)), secretsSet: ['do.webhook.secret'] };
  }

  open({ _id, sealed }: Pick<StoredTrigger, '_id' | 'sealed'>): string | undefined {
    return sealed === undefined ? undefined : (this.vault.open(sealed, contextOf(_id)) as string);
  }
}

/** A sealed text that is copied to another trigger does not open there. */
function contextOf(slug: string): string {
  return `trigger:${slug}`;
}
