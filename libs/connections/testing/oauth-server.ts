import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface OAuthServer {
  url: string;
  /** Forms that came to the token endpoint, with how the client said who it is. */
  exchanges: (Record<string, string> & { authorization?: string })[];
  /** `Authorization` of each request to the API. */
  calls: (string | undefined)[];
  /** Refresh tokens that were sent a second time: a server that looks for theft revokes everything then. */
  reused: string[];
  /** Answers the token endpoint gives instead, one after the other. */
  answers: { status: number; body: string; headers?: Record<string, string> }[];
  /** Takes back all access tokens; `everything`: the refresh token, too. */
  revoke(everything?: boolean): void;
  /** A refresh token such as an operator gets by signing in. */
  signIn(): string;
  /** Of each visit of the page to sign in at (`/authorize`). */
  visits: Record<string, string>[];
  /** Somebody who signs in does not agree. */
  refuses: boolean;
  /** Access tokens are all that a sign-in gives. */
  withoutRefresh: boolean;
  /** Is asked before the API answers. */
  onCall?: () => Promise<void>;
  /** Seconds that an access token lives; undefined: it is not told. */
  expiresIn?: number;
  close(): Promise<void>;
}

export const client = { id: 'the-client', secret: 's3cret of/the+client' };

/** An OAuth 2.0 server (RFC 6749, RFC 7636) with a page at which everybody agrees at once, with refresh tokens that are good for one use, and an API behind it, on a free port of this machine. */
export async function oauthServer(): Promise<OAuthServer> {
  let made = 0;
  let good = new Set<string>();
  let refresh: string | undefined;
  const spent = new Set<string>();
  const token = (kind: string): string => `${kind}-token-${(made += 1)}-of-this-server`;

  const codes = new Map<string, Record<string, string>>();
  const visit = (query: URLSearchParams): string => {
    const asked = Object.fromEntries(query);
    server.visits.push(asked);
    const back = new URL(asked.redirect_uri ?? '');
    back.searchParams.set('state', asked.state ?? '');
    if (server.refuses) {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'not\nnow <b>');
    } else {
      const code = token('code');
      codes.set(code, asked);
      back.searchParams.set('code', code);
    }
    return back.href;
  };
  const isOfSignIn = ({ code = '', redirect_uri, code_verifier = '' }: Record<string, string>): boolean => {
    const asked = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256').update(code_verifier).digest('base64url');
    return asked !== undefined && asked.redirect_uri === redirect_uri && asked.code_challenge === challenge;
  };

  const exchange = (form: Record<string, string>): [number, object] => {
    if (form.grant_type === 'refresh_token') {
      const given = form.refresh_token ?? '';
      if (spent.has(given)) server.reused.push(given);
      if (given !== refresh) return [400, { error: 'invalid_grant', error_description: `${given} is not good` }];
      spent.add(given);
      refresh = token('refresh');
    }
    if (form.grant_type === 'authorization_code') {
      if (!isOfSignIn(form)) return [400, { error: 'invalid_grant' }];
      refresh = server.withoutRefresh ? undefined : token('refresh');
    }
    const access = token('access');
    good.add(access);
    const { expiresIn: expires_in } = server;
    const renewed = form.grant_type !== 'client_credentials' && { refresh_token: refresh };
    return [200, { access_token: access, token_type: 'bearer', expires_in, ...renewed }];
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { authorization } = request.headers;
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.url === '/token') {
      const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
      server.exchanges.push({ ...form, ...(authorization !== undefined && { authorization }) });
      const instead = server.answers.shift();
      if (instead) return void response.writeHead(instead.status, instead.headers).end(instead.body);
      return isClient(authorization, form) ? answer(...exchange(form)) : answer(401, { error: 'invalid_client' });
    }
    const url = new URL(request.url ?? '', server.url);
    if (url.pathname === '/authorize') return void response.writeHead(302, { location: visit(url.searchParams) }).end();
    server.calls.push(authorization);
    await server.onCall?.();
    const known = authorization?.startsWith('Bearer ') === true && good.has(authorization.slice(7));
    return known ? answer(200, { ok: true }) : answer(401, { message: `${authorization} is not good` });
  };

  const http = createServer((request, response) => {
    serve(request, response).catch((error: Error) => response.destroy(error)); // the client tells it
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server: OAuthServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    exchanges: [],
    calls: [],
    reused: [],
    answers: [],
    visits: [],
    refuses: false,
    withoutRefresh: false,
    expiresIn: 3600,
    revoke: (everything = false) => {
      good = new Set();
      if (everything) refresh = undefined;
    },
    signIn: () => (refresh = token('refresh')),
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
  return server;
}

function isClient(authorization: string | undefined, form: Record<string, string>): boolean {
  if (authorization === undefined) return form.client_id === client.id && form.client_secret === client.secret;
  const [id, secret] = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString().split(':');
  const read = (part = ''): string => new URLSearchParams(`x=${part}`).get('x') ?? '';
  return read(id) === client.id && read(secret) === client.secret;
}
