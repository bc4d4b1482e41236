import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebSite {
  url: string;
  close(): Promise<void>;
}

/**
 * A site of another origin than the server, whose policy allows the script, its nonce, and requests to the server: nothing else. `stricter` is added
 * to it.
 */
export async function startWebSite(collector: string, head: string, stricter = ''): Promise<WebSite> {
  const policy = `default-src 'none'; script-src 'nonce-of-the-site' ${collector}; connect-src ${collector}; base-uri 'none'${stricter}`;
  const server: Server = createServer((request, response) => {
    if (request.url === '/favicon.ico') return void response.writeHead(204).end();
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy });
    response.end(
      `<!doctype html><html lang="en"><head><title>Shop ${request.url}</title>${head}</head><body>Shop</body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A loader as it is pasted, for the site's policy and key. */
export function pasted(loader: string, writeKey: string): string {
  return loader.replace('<script', '<script nonce="of-the-site"').replace('YOUR_WRITE_KEY', writeKey);
}
