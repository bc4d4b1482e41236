import { Controller, Get, Param, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '#access';
import { pageHeaders, Settings } from '#platform';
import { mailDocument, mailHeaders } from '../preview/index.ts';
import { ShareErrors } from './share-errors.ts';
import { sharePage } from './share-page.ts';
import { Shares } from './shares.ts';

/** What a shared link opens in a browser. */
@ApiExcludeController()
@Public()
@UseFilters(ShareErrors)
@Controller('shares')
export class SharePageController {
  readonly #publicUrl: URL;

  constructor(
    private readonly shares: Shares,
    settings: Settings,
  ) {
    this.#publicUrl = new URL(settings.publicUrl);
  }

  @Get(':token')
  async page(@Param('token') token: string, @Res() response: Response): Promise<void> {
    const { share, mail } = await this.shares.open(token);
    const { origin, pathname } = this.#publicUrl; // links lead there, so that is where the browser is
    const path = `${pathname.replace(/\/$/, '')}/shares/${encodeURIComponent(token)}/mail`;
    response
      .set(pageHeaders({ mailUrl: origin + path }))
      .type('html')
      .send(sharePage(share, mail, path));
  }

  @Get(':token/mail')
  async mail(@Param('token') token: string, @Res() response: Response): Promise<void> {
    const { mail } = await this.shares.open(token);
    response
      .set(mailHeaders({ images: true }))
      .type('html')
      .send(mailDocument(mail.html));
  }
}
