import {
  BadRequestException,
  Catch,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { document, html, Log, pageHeaders, ProblemFilter, Settings } from '#platform';

/** Addresses that lead nowhere are told as a page to people, whose browsers ask for one, and as any other error to programs. */
export function tellOfUnknownAddresses(app: NestExpressApplication): void {
  const { publicUrl, processes } = app.get(Settings);
  const base = `${new URL(publicUrl).pathname.replace(/\/$/, '')}/`;
  const page = unknownAddressPage(processes.includes('api') ? base : undefined);
  app.useGlobalFilters(new UnknownAddressFilter(page, new ProblemFilter(app.get(Log))));
}

/** Nest throws them where there is no route, and where an address cannot be read; what a route does not find is a MillraceError. */
@Catch(NotFoundException, BadRequestException)
class UnknownAddressFilter implements ExceptionFilter {
  constructor(
    private readonly page: string,
    private readonly problems: ProblemFilter,
  ) {}

  catch(thrown: NotFoundException | BadRequestException, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    if (!isOfPerson(request) || !leadsNowhere(thrown)) return this.problems.catch(thrown, host);
    response.status(404).set(pageHeaders()).vary('Accept').type('html').send(this.page);
  }
}

/** A broken escape, such as `%zz`. */
function leadsNowhere(thrown: NotFoundException | BadRequestException): boolean {
  return thrown instanceof NotFoundException || thrown.message.startsWith('Failed to decode param');
}

/** A program takes anything, or names JSON; what is below /api is for programs only. */
function isOfPerson(request: Request): boolean {
  const { method, path } = request;
  if ((method !== 'GET' && method !== 'HEAD') || /^\/api(\/|$)/i.test(path)) return false;
  return request.accepts(['application/problem+json', 'json', 'html']) === 'html';
}

/** @param base where the console is: `/`, or the path that a proxy puts before it; undefined: it is not served here */
function unknownAddressPage(base: string | undefined): string {
  return document(
    'There is nothing at this address · Millrace',
    html`<main class="card notice">
      <h1>There is nothing at this address</h1>
      <p>It may be mistyped or cut off, or what was here is gone. If somebody gave you a link, copy it whole.</p>
      ${base === undefined ? undefined : html`<p><a href="${base}">Open the console</a> or <a href="${base}docs">see what the API offers</a>.</p>`}
    </main>`,
  );
}
