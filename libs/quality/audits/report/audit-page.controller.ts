import { Controller, Get, Param, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '#access';
import { Settings } from '#platform';
import { PageLinks, ReportErrors, reportHeaders } from '../../pages/index.ts';
import { Audits } from '../audits.ts';
import { auditPage } from './audit-page.ts';

/** What the signed link of an audit opens in a browser. */
@ApiExcludeController()
@Public()
@UseFilters(ReportErrors)
@Controller('audit-reports')
export class AuditPageController {
  constructor(
    private readonly audits: Audits,
    private readonly links: PageLinks,
    private readonly settings: Settings,
  ) {}

  @Get(':token')
  async page(@Param('token') token: string, @Res() response: Response): Promise<void> {
    const audit = await this.audits.get(this.links.read('audit-reports', token));
    const page = auditPage(audit, this.settings.publicUrl.replace(/\/$/, ''));
    response.set(reportHeaders()).type('html').send(page);
  }
}
