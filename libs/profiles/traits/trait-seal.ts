import { Injectable } from '@nestjs/common';
import type { Json } from '@millrace/sdk';
import { canonicalJson, Signer, Vault } from '#platform';
import { readSealed, shortHash, writeSealed, type Part, type Traits } from '../folding/index.ts';

/**
 * Seals single values of parts: AES-256-GCM, opened only as the trait that they were sealed as. The nonce is a keyed hash of record, trait and
 * value: the same record that says the same again is the same text, so parts stay comparable, and no two different texts share a nonce.
 */
@Injectable()
export class TraitSeal {
  constructor(
    private readonly vault: Vault,
    private readonly signer: Signer,
  ) {}

  /** The part with these traits sealed. Its hash still tells whether the content changed, and nothing of the content. */
  sealPart(part: Part, names: Iterable<string>): Part {
    const traits: Traits = { ...part.t };
    let sealed = false;
    for (const name of names) {
      const value = Object.hasOwn(part.t, name) ? part.t[name] : undefined;
      if (value === undefined) continue;
      sealed = true;
      traits[name] = this.seal(part.k, name, this.open(name, value));
    }
    return sealed ? this.withTraits(part, traits) : part;
  }

  /** The part with these traits as they were before sealing. */
  openPart(part: Part, names: Iterable<string>): Part {
    const opened = this.openTraits(part.t, names);
    return opened === part.t ? part : this.withTraits(part, opened);
  }

  /** Whether a value is stored sealed, with the master key of today. */
  isSealed(value: unknown): boolean {
    const sealed = readSealed(value);
    return sealed !== undefined && !this.vault.needsRotation(sealed);
  }

  openTraits(traits: Traits, names: Iterable<string>): Traits {
    let opened: Traits | undefined;
    for (const name of names) {
      const value = Object.hasOwn(traits, name) ? traits[name] : undefined;
      if (readSealed(value) !== undefined) (opened ??= { ...traits })[name] = this.open(name, value as Json);
    }
    return opened ?? traits;
  }

  private seal(key: string, name: string, value: Json): string {
    const hash = this.signer.hmac('trait nonce', JSON.stringify([key, name, canonicalJson(value)]));
    return writeSealed(this.vault.seal(value, contextOf(name), Buffer.from(hash, 'hex').subarray(0, 12)));
  }

  private open(name: string, value: Json): Json {
    const sealed = readSealed(value);
    return sealed === undefined ? value : this.vault.open(sealed, contextOf(name));
  }

  /** Of what is sealed, a keyed hash goes into the part's hash: it outlives a new master key. */
  private withTraits(part: Part, t: Traits): Part {
    const hashed = Object.entries(t).map(([name, value]): [string, Json] => [
      name,
      readSealed(value) === undefined
        ? value
        : this.signer.hmac('trait', JSON.stringify([name, canonicalJson(this.open(name, value))])),
    ]);
    const n = Buffer.byteLength(JSON.stringify([t, part.i]));
    return { ...part, t, n, h: shortHash(JSON.stringify([Object.fromEntries(hashed), part.i])) };
  }
}

function contextOf(name: string): string {
  return `trait ${name}`;
}
