import { privateHeaders } from '#platform';

/**
 * The mail is a document of its own: its inline styles need a looser policy than the page's, which a `srcdoc` would inherit. It is
 * sandboxed even when it is opened alone.
 *
 * @param images false: as for somebody whose mail program shows no images
 */
export function mailHeaders({ images }: { images: boolean }): Record<string, string> {
  const imageSources = images ? 'https: data:' : "'none'";
  return {
    ...privateHeaders,
    'Content-Security-Policy': `sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src ${imageSources}; font-src https: data:; base-uri 'self'; form-action 'none'; frame-ancestors 'self'`,
    'X-Frame-Options': 'SAMEORIGIN',
  };
}
