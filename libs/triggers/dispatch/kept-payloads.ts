import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { canonicalJson, Vault } from '#platform';
import { TriggerCollections, type StoredFiring } from '../store/index.ts';
import type { KnownTrigger } from '../watch/index.ts';

interface Kept {
  /** What the trigger did then: what is meant for one action is not for another. */
  action: string;
  payload: string;
}

/** What firings send, kept sealed: it may hold values of sensitive traits. */
@Injectable()
export class KeptPayloads {
  constructor(
    private readonly collections: TriggerCollections,
    private readonly vault: Vault,
  ) {}

  /** Undefined: nothing is kept, or the trigger does something else by now. */
  of({ definition }: KnownTrigger, { _id, sealed, payload }: StoredFiring): string | undefined {
    if (sealed === undefined) return payload;
    const kept = this.vault.open(sealed, contextOf(_id)) as unknown as Kept;
    return kept.action === canonicalJson(definition.do) ? kept.payload : undefined;
  }

  /** Before it is sent, so that a repeat says the same, whichever process makes it. Throws `lease_lost`. */
  async keep({ definition }: KnownTrigger, { _id, attempts }: StoredFiring, payload: string): Promise<string> {
    const sealed = this.vault.seal({ action: canonicalJson(definition.do), payload }, contextOf(_id));
    const { matchedCount } = await this.collections.firings.updateOne(
      { _id, attempts, dueAt: { $exists: true } },
      { $set: { sealed } },
    );
    if (matchedCount > 0) return payload;
    throw new MillraceError('lease_lost', 'Another process has taken the firing over, or the person was erased.');
  }
}

/** A sealed text that is copied to another firing does not open there. */
function contextOf(firing: string): string {
  return `firing:${firing}`;
}
