import { Controller, Get, Param, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { parseDuration } from '@millrace/sdk';
import type { Response } from 'express';
import { AccessReviewer, Public } from '#access';
import { Settings } from '#platform';
import { PageLinks, ReportErrors, reportHeaders } from '../pages/index.ts';
import { accessReviewPage } from './access-review-page.ts';

const mostKeys = 1_000;

/** What the signed link of an access review opens in a browser. */
@ApiExcludeController()
@Public()
@UseFilters(ReportErrors)
@Controller('access-reviews')
export class AccessReviewPageController {
  constructor(
    private readonly reviewer: AccessReviewer,
    private readonly links: PageLinks,
    private readonly settings: Settings,
  ) {}

  @Get(':token')
  async page(@Param('token') token: string, @Res() response: Response): Promise<void> {
    const unusedFor = this.links.read('access-reviews', token);
    const found = await this.reviewer.reviewedKeys(
      undefined,
      mostKeys + 1,
      parseDuration(unusedFor)?.milliseconds ?? 0,
    );
    const access = {
      keys: found.slice(0, mostKeys),
      more: found.length > mostKeys,
      roles: await this.reviewer.reviewedRoles(),
      publicRoutes: this.reviewer.publicRoutes(),
      unusedFor,
      adminKeyInSettings: this.settings.adminKey !== undefined,
    };
    response.set(reportHeaders()).type('html').send(accessReviewPage(access, new Date()));
  }
}
