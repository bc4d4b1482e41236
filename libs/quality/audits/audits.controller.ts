import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { encodeCursor, PageQuery, textAfter, type List } from '#platform';
import { PageLinks } from '../pages/index.ts';
import { PutQualityScheduleDto, QualityScheduleDto, QualitySchedules, wantedSchedule } from '../schedules/index.ts';
import { AuditDto, DataAuditListDto, auditSummary, AuditSummaryDto, findingsOf } from './audit.dto.ts';
import type { Audit } from './audit.schema.ts';
import { Audits } from './audits.ts';

const idParam = { name: 'id', example: 'adt_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' };

@ApiTags('audits')
@RequireRole('viewer')
@Controller('api/audits')
export class AuditsController {
  constructor(
    private readonly audits: Audits,
    private readonly schedules: QualitySchedules,
    private readonly links: PageLinks,
  ) {}

  @Post()
  @RequireRole('operator')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Validate the whole store, in the background',
    description: 'One audit at a time: while one is under way, it is given.',
  })
  @ApiAcceptedResponse({ type: AuditSummaryDto })
  @ApiErrors()
  async begin(@CurrentKey() key: KeyHolder): Promise<AuditSummaryDto> {
    return auditSummary(await this.audits.begin('asked', key.id));
  }

  @Get()
  @ApiOperation({ summary: 'Audits, newest first' })
  @ApiOkResponse({ type: DataAuditListDto })
  @ApiErrors('bad_request')
  async list(@Query() { after, limit }: PageQuery): Promise<List<AuditSummaryDto>> {
    const found = await this.audits.list({ before: textAfter(after), limit: limit + 1 });
    const data = found.slice(0, limit).map(auditSummary);
    const last = data.at(-1);
    return { data, next: last && found.length > limit ? encodeCursor(last.id) : null };
  }

  @Get('schedule')
  @ApiOperation({ summary: 'When the store is audited', description: 'Quarterly unless somebody said otherwise.' })
  @ApiOkResponse({ type: QualityScheduleDto })
  @ApiErrors()
  async schedule(): Promise<QualityScheduleDto> {
    return QualityScheduleDto.of(await this.schedules.get('audit'));
  }

  @Put('schedule')
  @RequireRole('operator')
  @ApiOperation({ summary: 'Say when the store is audited' })
  @ApiOkResponse({ type: QualityScheduleDto })
  @ApiErrors('bad_request', 'invalid_schedule')
  async putSchedule(@Body() body: PutQualityScheduleDto): Promise<QualityScheduleDto> {
    return QualityScheduleDto.of(await this.schedules.put('audit', wantedSchedule(body)));
  }

  @Get(':id')
  @ApiOperation({ summary: 'What an audit found so far, and the trend since the one before' })
  @ApiParam(idParam)
  @ApiOkResponse({ type: AuditDto })
  @ApiErrors('not_found')
  async get(@Param('id') id: string): Promise<AuditDto> {
    return this.view(await this.audits.get(id));
  }

  @Post(':id/cancel')
  @RequireRole('operator')
  @HttpCode(200)
  @ApiOperation({ summary: 'Call an audit off', description: 'It stops within a page of records.' })
  @ApiParam(idParam)
  @ApiOkResponse({ type: AuditDto })
  @ApiErrors('not_found', 'conflict')
  async cancel(@Param('id') id: string): Promise<AuditDto> {
    return this.view(await this.audits.cancel(id));
  }

  private view(audit: Audit): AuditDto {
    const { comparedWith } = audit;
    return {
      ...auditSummary(audit),
      ...(comparedWith !== undefined && { comparedWith }),
      findings: findingsOf(audit),
      page: this.links.to('audit-reports', audit._id),
    };
  }
}
