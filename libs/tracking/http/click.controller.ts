import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import type { Request, Response } from 'express';
import { Public } from '#access';
import { TrackingTokens } from '../tokens/index.ts';
import { DeadLinks } from './dead-links.ts';
import { KnownHosts } from './known-hosts.ts';
import { linkHeaders } from './link-page.ts';
import { VisitBook } from './visit-book.ts';

/** Where the links of tracked mails lead: on, if the address is one of ours and its host is still declared. */
@ApiExcludeController()
@Public()
@UseFilters(DeadLinks)
@Controller('c')
export class ClickController {
  constructor(
    private readonly tokens: TrackingTokens,
    private readonly hosts: KnownHosts,
    private readonly book: VisitBook,
  ) {}

  @Get(':token')
  async follow(@Param('token') given: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const token = this.tokens.read(given);
    const url = token.link && (await this.hosts.get()).allowed(token.link.url);
    if (url === undefined) throw new MillraceError('not_found', 'The link leads to a host that is not declared.');
    await this.book.note(token, request);
    response.set(linkHeaders).redirect(302, url);
  }
}
