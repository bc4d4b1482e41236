/** `shop.example.com`, or `*.example.com`; at least two labels behind the star, so that no whole top-level domain is declared. */
export const hostPattern =
  /^(?:\*\.)?(?!.*\.\.)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Hosts that tracked links may lead to. */
export class DeclaredHosts {
  readonly #exact: ReadonlySet<string>;
  readonly #below: readonly string[];

  constructor(hosts: readonly string[]) {
    this.#exact = new Set(hosts);
    this.#below = hosts.flatMap((host) => (host.startsWith('*.') ? [host.slice(1)] : []));
  }

  /**
   * The address as browsers read it, where it leads to one of the hosts by http or https; undefined for any other. One with user and password in it
   * is any other: it looks like a host and is none.
   */
  allowed(url: string): string | undefined {
    if (!URL.canParse(url)) return undefined;
    const { protocol, hostname, username, password, href } = new URL(url);
    if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return undefined;
    const host = hostname.replace(/\.$/, '');
    return this.#exact.has(host) || this.#below.some((end) => host.endsWith(end)) ? href : undefined;
  }
}
