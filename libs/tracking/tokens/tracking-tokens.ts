import { Injectable } from '@nestjs/common';
import { MillraceError, type Json } from '@millrace/sdk';
import { Vault } from '#platform';
import type { TrackedLink, TrackedMail, TrackingToken } from './tracking-token.ts';

const day = 86_400;
const sealedFor = 'tracking link';
const prefix = 'v1.';
const pattern = /^[0-9a-f]{8}\.[\w-]{1,4000}$/;

/**
 * Tokens of pixels and links: AES-256-GCM by the vault, so that nothing can be read from an address and nothing can be made by others. Those that
 * were made under an old master key stay good until they expire. Nothing is stored of them.
 */
@Injectable()
export class TrackingTokens {
  constructor(private readonly vault: Vault) {}

  /** @param days for which it is good */
  make({ person, message, template, campaign }: TrackedMail, link: TrackedLink | undefined, days: number): string {
    const made = Math.floor(Date.now() / 1_000);
    const mail = [person, message, template ?? '', campaign ?? ''];
    const said: Json = link ? [made, days, ...mail, link.url, link.label ?? ''] : [made, days, ...mail];
    return this.vault.seal(said, sealedFor).slice(prefix.length);
  }

  /** Throws `unauthenticated` for what was not made here, `link_expired`. */
  read(token: unknown): TrackingToken {
    const said = this.#open(token);
    const [made, days, person, message, template, campaign, url, label] = said as [number, number, ...string[]];
    if (Date.now() >= (made + days * day) * 1_000)
      throw new MillraceError('link_expired', 'The link has expired: use one of a newer mail.');
    return {
      mail: {
        person: person ?? '',
        message: message ?? '',
        ...(template && { template }),
        ...(campaign && { campaign }),
      },
      ...(url && { link: { url, ...(label && { label }) } }),
      madeAt: made * 1_000,
    };
  }

  #open(token: unknown): Json[] {
    if (typeof token !== 'string' || !pattern.test(token) || !isCanonical(token)) throw notOurs();
    try {
      // Sealed for this purpose, so it holds what `make` has put in.
      return this.vault.open(prefix + token, sealedFor) as Json[];
    } catch (cause) {
      throw notOurs(cause);
    }
  }
}

/** One text a token: base64 takes others for the same bytes. */
function isCanonical(token: string): boolean {
  const [, body = ''] = token.split('.');
  return Buffer.from(body, 'base64url').toString('base64url') === body;
}

function notOurs(cause?: unknown): MillraceError {
  return new MillraceError('unauthenticated', 'The link is not complete, or it is none of ours.', { cause });
}
