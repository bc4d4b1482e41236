import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Patch, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, RequireRole } from '#access';
import {
  Fenced,
  MadeFrom,
  listOf,
  PlainRemovalQuery,
  textAfter,
  Idempotent,
  PageQuery,
  Rehearsable,
  RehearseQuery,
  type List,
} from '#platform';
import { Ref } from '../slug.ts';
import { ChangeRuleDto, CreateRuleDto, PutRuleDto } from './rule.dto.ts';
import { RuleListResponse, RuleResponse } from './rule.response.ts';
import { Rules } from './rules.ts';

const refParam = { name: 'id', description: 'Id or slug.', example: 'nightly-imports' };

@ApiTags('alerts')
@ApiBearerAuth()
@RequireRole('operator')
@Controller('api/alerts/rules')
export class RulesController {
  constructor(private readonly rules: Rules) {}

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Say who is told what about which syncs, triggers and requests of people' })
  @ApiCreatedResponse({ type: RuleResponse })
  @ApiErrors('bad_request', 'not_found', 'conflict')
  async create(@Body() dto: CreateRuleDto): Promise<RuleResponse> {
    return RuleResponse.of(await this.rules.create(dto));
  }

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The alert rules' })
  @ApiOkResponse({ type: RuleListResponse })
  @ApiErrors('bad_request')
  async list(@Query() { after, limit }: PageQuery): Promise<List<RuleResponse>> {
    const found = await this.rules.list({ after: textAfter(after), limit: limit + 1 });
    const lastAlerts = await this.rules.lastAlerts(found);
    return listOf(
      found,
      limit,
      (rule) => RuleResponse.of(rule, lastAlerts),
      ({ _id }) => _id,
    );
  }

  @Get(':id')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One alert rule' })
  @ApiParam(refParam)
  @ApiOkResponse({ type: RuleResponse })
  @ApiErrors('bad_request', 'not_found')
  async get(@Ref() ref: string): Promise<RuleResponse> {
    const rule = await this.rules.get(ref);
    return RuleResponse.of(rule, await this.rules.lastAlerts([rule]));
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Make the rule of that slug, or make it be exactly this',
    description:
      'The same again changes nothing. With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @Fenced()
  @ApiParam(refParam)
  @ApiOkResponse({ type: RuleResponse })
  @ApiCreatedResponse({ type: RuleResponse })
  @Rehearsable()
  @ApiErrors('bad_request', 'not_found', 'conflict')
  async put(
    @Ref() ref: string,
    @Body() dto: PutRuleDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RuleResponse | void> {
    if (rehearse) return this.rules.rehearsePut(ref, dto, madeFrom);
    const { rule, created } = await this.rules.put(ref, dto, madeFrom);
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return RuleResponse.of(rule);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change some of it, e.g. disable it' })
  @ApiParam(refParam)
  @ApiOkResponse({ type: RuleResponse })
  @ApiErrors('bad_request', 'not_found', 'conflict')
  async change(@Ref() ref: string, @Body() changes: ChangeRuleDto): Promise<RuleResponse> {
    return RuleResponse.of(await this.rules.change(ref, changes));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove it; its open alerts are closed without a message' })
  @ApiParam(refParam)
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'not_found')
  async remove(@Ref() ref: string, @Query() { rehearse }: PlainRemovalQuery): Promise<void> {
    await (rehearse ? this.rules.get(ref) : this.rules.remove(ref));
  }
}
