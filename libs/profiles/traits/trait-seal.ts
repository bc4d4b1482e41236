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

  /** The part with these traits sealed by the master key of today. Its hash still tells whether the content changed, and nothing of the content. */
  sealPart(part: Part, names: Iterable<string>): Part {
    return this.rewritten(part, names, (name, value) => this.seal(part.k, name, value));
  }

  /** The part with these traits as they were before sealing. */
  openPart(part: Part, names: Iterable<string>): Part {
    return this.rewritten(part, names, (_, value) => value);
  }

  /** Whether a value is stored otherwise than it should be: a sensitive one in the clear or sealed with an old master key, another one sealed. */
  isAstray(value: Json, sensitive: boolean): boolean {
    const sealed = readSealed(value);
    if (sealed === undefined) return sensitive;
    return this.vault.knows(sealed) && (!sensitive || this.vault.needsRotation(sealed));
  }

  /** Throws `service_unavailable` where the master key of a value is not known here. */
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

  /** What was sealed with a master key that is not known here stays as it is, until the key is back. */
  private rewritten(part: Part, names: Iterable<string>, rewrite: (name: string, clear: Json) => Json): Part {
    const traits: Traits = { ...part.t };
    let changed = false;
    for (const name of names) {
      const value = Object.hasOwn(part.t, name) ? part.t[name] : undefined;
      if (value === undefined || !this.canOpen(value)) continue;
      traits[name] = rewrite(name, this.open(name, value));
      changed ||= traits[name] !== value;
    }
    return changed ? this.withTraits(part, traits) : part;
  }

  private canOpen(value: Json): boolean {
    const sealed = readSealed(value);
    return sealed === undefined || this.vault.knows(sealed);
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
        : this.signer.hmac(
            'trait',
            JSON.stringify([name, canonicalJson(this.canOpen(value) ? this.open(name, value) : value)]),
          ),
    ]);
    const n = Buffer.byteLength(JSON.stringify([t, part.i]));
    return { ...part, t, n, h: shortHash(JSON.stringify([Object.fromEntries(hashed), part.i])) };
  }
}

function contextOf(name: string): string {
  return `trait ${name}`;
}
