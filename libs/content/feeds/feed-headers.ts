import { Injectable } from '@nestjs/common';
import { Vault } from '#platform';
import type { StoredFeed } from './feed.schema.ts';

export type Headers = Record<string, string>;

/** Seals a feed's request headers, which may hold keys, and opens them. */
@Injectable()
export class FeedHeaders {
  constructor(private readonly vault: Vault) {}

  seal(slug: string, headers: Headers): Pick<StoredFeed, 'sealed' | 'headersSet'> {
    const headersSet = Object.keys(headers).sort();
    return headersSet.length === 0 ? { headersSet } : { headersSet, sealed: this.vault.seal(headers, contextOf(slug)) };
  }

  /** The headers sealed with the present master key, when they were sealed with an old one. */
  resealed({ _id, sealed }: Pick<StoredFeed, '_id' | 'sealed'>, headers: Headers): string | undefined {
    return sealed !== undefined && this.vault.needsRotation(sealed)
      ? this.vault.seal(headers, contextOf(_id))
      : undefined;
  }

  open({ _id, sealed }: Pick<StoredFeed, '_id' | 'sealed'>): Headers {
    return sealed === undefined ? {} : (this.vault.open(sealed, contextOf(_id)) as Headers);
  }
}

/** A sealed text that is copied to another feed does not open there. */
function contextOf(slug: string): string {
  return `feed:${slug}`;
}
