import { Controller, Get, Param, Query, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '#access';
import { pageHeaders, Settings } from '#platform';
import { BrowserErrors } from './browser-errors.ts';
import { mailDocument, mailHeaders, previewPage } from './page/index.ts';
import { PreviewStore } from './preview-store.ts';

/** What the signed link of a preview opens in a browser. */
@ApiExcludeController()
@Public()
@UseFilters(BrowserErrors)
@Controller('previews')
export class PreviewPageController {
  readonly #publicUrl: URL;

  constructor(
    private readonly store: PreviewStore,
    settings: Settings,
  ) {
    this.#publicUrl = new URL(settings.publicUrl);
  }

  @Get(':token')
  async page(@Param('token') token: string, @Res() response: Response): Promise<void> {
    const mail = await this.store.read(token);
    const { origin, pathname } = this.#publicUrl; // links lead there, so that is where the browser is
    const path = `${pathname.replace(/\/$/, '')}/previews/${encodeURIComponent(token)}/mail`;
    response
      .set(pageHeaders({ mailUrl: origin + path }))
      .type('html')
      .send(previewPage(mail, path));
  }

  @Get(':token/mail')
  async mail(
    @Param('token') token: string,
    @Query('images') images: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const { html } = await this.store.read(token);
    response
      .set(mailHeaders({ images: images !== 'off' }))
      .type('html')
      .send(mailDocument(html));
  }
}
