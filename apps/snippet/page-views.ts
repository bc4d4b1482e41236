/**
 * Calls back for the page that is shown, and for each one that a single-page app shows after it. Gives the address before. What a browser only prepares
 * is shown once somebody goes there, if ever: https://wicg.github.io/nav-speculation/prerendering.html
 */
export function followPages(show: (before: string) => void): void {
  let shown = '';
  const look = () => {
    if ((document as Document & { prerendering?: boolean }).prerendering) return;
    const address = addressOf(location);
    if (address === shown) return;
    const before = shown;
    shown = address;
    show(before);
  };
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name].bind(history);
    history[name] = (...args) => {
      original(...args);
      setTimeout(look); // routers set the title after the address
    };
  }
  addEventListener('popstate', () => setTimeout(look));
  document.addEventListener('prerenderingchange', look);
  look();
}

/** A hash is a place in the page, unless a router uses it. */
function addressOf({ href, hash }: Location): string {
  return /^#[!/]/.test(hash) ? href : href.slice(0, href.length - hash.length);
}
