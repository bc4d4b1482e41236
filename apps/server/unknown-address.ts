import {
  BadRequestException,
  Catch,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { Log, pageHeaders, ProblemFilter, Settings } from '#platform';
import { unknownAddressPage, unknownAddressStyle } from './unknown-address-page.ts';

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
    response
      .status(404)
      .set(pageHeaders({ style: unknownAddressStyle }))
      .vary('Accept')
      .type('html')
      .send(this.page);
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
