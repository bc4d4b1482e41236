import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { List } from '#platform';
import { ApiErrors } from '../openapi/api-errors.ts';
import { RequireRole } from '../roles/require-role.ts';
import { AuditLog, type AuditView } from './audit-log.ts';
import { AuditListDto, AuditQuery } from './audit.dto.ts';

@ApiTags('audit')
@RequireRole('admin')
@Controller('api/audit')
export class AuditController {
  constructor(private readonly audit: AuditLog) {}

  @Get()
  @ApiOperation({
    summary: 'Who changed what, newest first',
    description: 'Refused changes included. Kept for 400 days.',
  })
  @ApiOkResponse({ type: AuditListDto })
  @ApiErrors('bad_request')
  list(@Query() query: AuditQuery): Promise<List<AuditView>> {
    return this.audit.list(query);
  }
}
