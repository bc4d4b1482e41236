import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Settings, Signer } from '#platform';

const lifetime = 15 * 60_000;

/** Signed links to pages that a browser opens without a key. */
@Injectable()
export class PageLinks {
  constructor(
    private readonly signer: Signer,
    private readonly settings: Settings,
  ) {}

  /** An absolute link, good for 15 minutes. */
  to(page: string, id: string): string {
    const base = this.settings.publicUrl.replace(/\/$/, '');
    return `${base}/${page}/${this.signer.sign({ page, id }, lifetime)}`;
  }

  /** The id in a link to this page. Throws `unauthenticated`, `link_expired`. */
  read(page: string, token: string): string {
    const payload = this.signer.verify(token);
    const given = typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? payload : {};
    if (given.page === page && typeof given.id === 'string') return given.id;
    throw new MillraceError('unauthenticated', 'The link leads to another page: ask for a new one.');
  }
}
