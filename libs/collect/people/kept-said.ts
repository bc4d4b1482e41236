import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Json } from '@millrace/sdk';
import { composed, Vault } from '#platform';
import type { CollectedPerson } from './collected-person.schema.ts';
import type { Said } from './said.ts';
import { SENSITIVE_NAMES, type SensitiveNames } from './sensitive-names.ts';

/** Tells which people have a trait that is sensitive. */
export type SensitiveJudge = (said: Said) => boolean;

/** How what was said of people is stored: as JSON text, which is sealed where it has a sensitive trait. */
@Injectable()
export class KeptSaid {
  constructor(
    private readonly vault: Vault,
    @Optional() @Inject(SENSITIVE_NAMES) private readonly sensitiveNames?: SensitiveNames,
  ) {}

  async judge(): Promise<SensitiveJudge> {
    const found = (await this.sensitiveNames?.()) ?? [];
    if (found === 'all') return ({ traits }) => Object.keys(traits).length > 0;
    const names = new Set(found);
    if (names.size === 0) return () => false;
    return ({ traits }) => Object.keys(traits).some((name) => names.has(composed(name)));
  }

  /** Throws `service_unavailable` where the master key that it was sealed with is not known here. */
  read({ _id, json }: Pick<CollectedPerson, '_id' | 'json'>): Said {
    return (isSealed(json) ? this.vault.open(json, contextOf(_id)) : JSON.parse(json)) as Said;
  }

  write(id: string, said: Said, isSensitive: SensitiveJudge): string {
    return isSensitive(said) ? this.vault.seal(said as unknown as Json, contextOf(id)) : JSON.stringify(said);
  }

  /** Whether it is stored otherwise than it should be: in the clear, with an old master key, or sealed without need. */
  isAstray({ _id, json }: Pick<CollectedPerson, '_id' | 'json'>, isSensitive: SensitiveJudge): boolean {
    if (!isSealed(json)) return isSensitive(this.read({ _id, json }));
    if (!this.vault.knows(json)) return false; // it stays as it is, until the key is back
    return this.vault.needsRotation(json) || !isSensitive(this.read({ _id, json }));
  }
}

function isSealed(json: string): boolean {
  return !json.startsWith('{');
}

/** A sealed text that is copied to another person does not open there. */
function contextOf(id: string): string {
  return `collected person ${id}`;
}
