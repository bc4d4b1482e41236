import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Put, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import type { Response } from 'express';
import { ApiErrors, RequireRole } from '#access';
import {
  encodeCursor,
  Fenced,
  MadeFrom,
  PageQuery,
  PlainRemovalQuery,
  Rehearsable,
  RehearseQuery,
  textAfter,
  type List,
} from '#platform';
import { AuditRuleDto, AuditRuleListDto, ChangeAuditRuleDto, PutAuditRuleDto } from './audit-rule.dto.ts';
import type { AuditRuleState } from './audit-rule.ts';
import { AuditRules } from './audit-rules.ts';
import type { GivenRule } from './given-rule.ts';

const slugParam = { name: 'slug', example: 'member-number' };
const slugPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

@ApiTags('audits')
@RequireRole('viewer')
@Controller('api/audit-rules')
export class AuditRulesController {
  constructor(private readonly rules: AuditRules) {}

  @Get()
  @ApiOperation({ summary: 'What audits look for: built-in rules and your own' })
  @ApiOkResponse({ type: AuditRuleListDto })
  @ApiErrors('bad_request')
  async list(@Query() { after, limit }: PageQuery): Promise<List<AuditRuleState>> {
    const position = textAfter(after);
    const rest = (await this.rules.list()).filter(({ slug }) => position === undefined || slug > position);
    const data = rest.slice(0, limit);
    return { data, next: rest.length > limit ? encodeCursor(data.at(-1)?.slug ?? '') : null };
  }

  @Get(':slug')
  @ApiOperation({ summary: 'One audit rule' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: AuditRuleDto })
  @ApiErrors('not_found')
  get(@Param('slug') slug: string): Promise<AuditRuleState> {
    return this.rules.get(slug);
  }

  @Put(':slug')
  @RequireRole('operator')
  @ApiOperation({
    summary: 'Make a rule of your own, or make it be exactly this',
    description:
      'Of a built-in one: enabled, severity, tolerance and connections; what is left out is as it was at first. The same again changes nothing. ' +
      'With `rehearse=true` nothing is stored, and connections that are named may be yet to come: 204 says that it would be taken.',
  })
  @ApiParam(slugParam)
  @Fenced()
  @ApiOkResponse({ type: AuditRuleDto })
  @ApiCreatedResponse({ type: AuditRuleDto })
  @Rehearsable()
  @ApiErrors('bad_request', 'not_found', 'conflict', 'invalid_condition', 'invalid_mapping')
  async put(
    @Param('slug') slug: string,
    @Body() body: PutAuditRuleDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AuditRuleState | void> {
    if (!slugPattern.test(slug))
      throw new MillraceError('bad_request', 'The slug must be lower case letters, digits and hyphens, at most 63.');
    const given = JSON.parse(JSON.stringify(body)) as GivenRule; // plain, without what is not given
    if (rehearse) return this.rules.rehearsePut(slug, given, { madeFrom });
    const { rule, created } = await this.rules.put(slug, given, { madeFrom });
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return rule;
  }

  @Patch(':slug')
  @RequireRole('operator')
  @ApiOperation({ summary: 'Switch a rule off, tolerate some faults, or limit it to connections' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: AuditRuleDto })
  @ApiErrors('bad_request', 'not_found')
  change(@Param('slug') slug: string, @Body() body: ChangeAuditRuleDto): Promise<AuditRuleState> {
    return this.rules.change(slug, body);
  }

  @Delete(':slug')
  @RequireRole('operator')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a rule of your own; of a built-in one, what was changed' })
  @ApiParam(slugParam)
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'not_found')
  remove(@Param('slug') slug: string, @Query() how: PlainRemovalQuery): Promise<void> {
    return this.rules.remove(slug, how);
  }
}
