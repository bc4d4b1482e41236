import { Injectable } from '@nestjs/common';
import { MillraceError, type Json } from '@millrace/sdk';
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

  /** A part as a source tells it, with these traits sealed, whatever they look like. Its hash still tells whether the content changed, and nothing of the content. */
  sealTold(part: Part, names: Iterable<string>): Part {
    return this.sealed(part, names, (_, value) => value);
  }

  /** A part as it is stored, with these traits sealed by the master key of today. What names a key that is not known here stays: it may be ours. */
  sealStored(part: Part, names: Iterable<string>): Part {
    return this.sealed(part, names, (name, value) => {
      const sealed = readSealed(value);
      return sealed !== undefined && !this.vault.knows(sealed) ? undefined : this.open(name, value);
    });
  }

  /** The part with these traits as they were before sealing. */
  openPart(part: Part, names: Iterable<string>): Part {
    const opened = this.openTraits(part.t, names);
    return opened === part.t ? part : this.withTraits(part, opened);
  }

  /** Whether a value is stored otherwise than it should be: a sensitive one in the clear or sealed with an old master key, another one sealed. */
  isAstray(name: string, value: Json, sensitive: boolean): boolean {
    const sealed = readSealed(value);
    if (sealed === undefined) return sensitive;
    return sensitive ? this.vault.knows(sealed) && this.vault.needsRotation(sealed) : this.open(name, value) !== value;
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

  private sealed(part: Part, names: Iterable<string>, clear: (name: string, value: Json) => Json | undefined): Part {
    const traits: Traits = { ...part.t };
    let sealed = false;
    for (const name of names) {
      const value = Object.hasOwn(part.t, name) ? part.t[name] : undefined;
      const told = value === undefined ? undefined : clear(name, value);
      if (told === undefined) continue;
      sealed = true;
      traits[name] = this.seal(part.k, name, told);
    }
    return sealed ? this.withTraits(part, traits) : part;
  }

  /** What cannot be opened stays as it is: sources may tell texts that only look sealed, and nobody else's values are to suffer. */
  private open(name: string, value: Json): Json {
    const sealed = readSealed(value);
    if (sealed === undefined) return value;
    try {
      return this.vault.open(sealed, contextOf(name));
    } catch (error) {
      if (error instanceof MillraceError) return value;
      throw error;
    }
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
