/** Calls back for the page that is shown, and for each one that a single-page app shows after it. Gives the address before. */
export function followPages(show: (before: string) => void): void {
  let shown = '';
  const look = () => {
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
  look();
}

/** A hash is a place in the page, unless a router uses it. */
function addressOf({ href, hash }: Location): string {
  return /^#[!/]/.test(hash) ? href : href.slice(0, href.length - hash.length);
}
