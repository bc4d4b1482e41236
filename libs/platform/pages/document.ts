import { createHash } from 'node:crypto';
import { html, Html } from './html.ts';
import { pageStyle } from './style.ts';

/** A whole page with a style of its own. */
export function document(title: string, body: Html, style: string = pageStyle): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        ${body}
      </body>
    </html>`.text;
}

/** Headers of every answer to a browser: nothing is kept, indexed or told to other sites. */
export const privateHeaders = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
  'X-Content-Type-Options': 'nosniff',
};

interface PageOptions {
  /** The page shows the mail at this address, in a frame. */
  mailUrl?: string;
  /** Default: that of all pages. */
  style?: string;
  /** It may stand in a frame of our own pages: it is told there why no mail can be. */
  isFramed?: boolean;
}

/** The page runs no script and loads nothing but its own style and, in a frame, the mail at one address. */
export function pageHeaders({ mailUrl, style = pageStyle, isFramed = false }: PageOptions = {}): Record<
  string,
  string
> {
  const styleHash = createHash('sha256').update(style).digest('base64');
  const frame = mailUrl === undefined ? '' : `frame-src ${mailUrl}; `;
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; ${frame}base-uri 'none'; form-action 'none'; frame-ancestors ${isFramed ? "'self'" : "'none'"}`;
  return { ...privateHeaders, 'Content-Security-Policy': policy, 'X-Frame-Options': isFramed ? 'SAMEORIGIN' : 'DENY' };
}
