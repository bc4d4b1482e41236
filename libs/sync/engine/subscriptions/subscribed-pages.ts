import { MillraceError, type Json, type Page } from '@millrace/sdk';
import type { LaneClaims } from './lane-claims.ts';

/** A page of an endless stream, with how often its lane had been lost when it was read. */
export interface SubscribedPage {
  page: Page & { lane: string; resume: Json };
  losses: number;
}

/** The pages of a subscription as they come. Throws `invalid_connector` for one that does not say where it stands. */
export async function* subscribedPages(
  stream: string,
  pages: AsyncIterable<Page>,
  claims: Pick<LaneClaims, 'lossesOf'>,
): AsyncGenerator<SubscribedPage, void, void> {
  for await (const page of pages) {
    const { lane, resume } = page;
    if (!lane || resume === undefined) {
      const advice = 'A page of an endless stream needs `lane` and `resume`.';
      throw new MillraceError(
        'invalid_connector',
        `"${stream}" gave a page without ${lane ? 'resume' : 'lane'}. ${advice}`,
      );
    }
    yield { page: { ...page, lane, resume }, losses: claims.lossesOf(lane) };
  }
}
