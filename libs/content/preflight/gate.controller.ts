import { Body, Controller, Get, Headers, Put, Query } from '@nestjs/common';
import {
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { ifMatchHeader, revisionIn } from '#platform';
import { sightOf } from '#profiles';
import { PreflightLimitsDto, TemplateLimitsDto, type PreflightLimits } from '../preflight-limits/index.ts';
import { TemplateLimits, TemplateRef, Templates, type TemplateLimitsView } from '../templates/index.ts';
import { describeExceeded } from './describe-exceeded.ts';
import { PreflightGate, type GateVerdict } from './preflight-gate.ts';
import { ExceededLimitDto } from './preflight.dto.ts';

class GateQuery {
  @ApiPropertyOptional({ description: 'A published version. Default: the draft.', example: 2 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  version?: number;

  @ApiPropertyOptional({ description: 'Slug of an audience. Default: everybody.', example: 'loyal' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  audience?: string;
}

class GateDto {
  @ApiProperty({ enum: ['passed', 'exceeded', 'outdated', 'masked', 'missing'], example: 'passed' })
  state!: GateVerdict['state'];
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The newest preflight of this content and audience.',
    example: 'pfl_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  })
  preflight!: string | null;
  @ApiProperty({ type: [ExceededLimitDto] }) exceeded!: ExceededLimitDto[];
  @ApiProperty({ allOf: [{ $ref: getSchemaPath(PreflightLimitsDto) }] }) limits!: PreflightLimits;
}

const refParam = { name: 'id', description: 'Id or slug.', example: 'last-order' };

/** What the mails of a template may be like, and whether they may go out. */
@ApiTags('preflights')
@RequireRole('marketer')
@Controller('api/templates/:id')
export class GateController {
  constructor(
    private readonly gate: PreflightGate,
    private readonly templates: Templates,
    private readonly ownLimits: TemplateLimits,
  ) {}

  @Get('gate')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'Whether mails of this template may be exported for an audience' })
  @ApiParam(refParam)
  @ApiOkResponse({ type: GateDto })
  @ApiErrors('bad_request', 'template_not_found', 'not_found', 'template_invalid')
  async verdict(
    @TemplateRef() ref: string,
    @Query() { version, audience }: GateQuery,
    @CurrentKey() key: KeyHolder,
  ): Promise<GateDto> {
    const verdict = await this.gate.verdict(await this.templates.choose(ref, version), audience, sightOf(key));
    return { ...verdict, exceeded: verdict.exceeded.map((one) => ({ ...one, message: describeExceeded(one) })) };
  }

  @Get('preflight-limits')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The limits of a template, with the usual ones where it has none of its own' })
  @ApiParam(refParam)
  @ApiOkResponse({ type: TemplateLimitsDto })
  @ApiErrors('bad_request', 'template_not_found')
  limits(@TemplateRef() ref: string): Promise<TemplateLimitsView> {
    return this.ownLimits.get(ref);
  }

  @Put('preflight-limits')
  @ApiOperation({
    summary: 'Say what its preflights may find',
    description:
      'What is left out is as usual. The draft and its revision stay as they are; PUT of the template takes `preflight`, too.',
  })
  @ApiParam(refParam)
  @ApiHeader({ ...ifMatchHeader, description: 'The `edition` of the limits: another one by now is a `conflict`.' })
  @ApiOkResponse({ type: TemplateLimitsDto })
  @ApiErrors('bad_request', 'template_not_found', 'conflict')
  putLimits(
    @TemplateRef() ref: string,
    @Body() limits: PreflightLimitsDto,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<TemplateLimitsView> {
    return this.ownLimits.put(ref, limits, revisionIn(ifMatch));
  }
}
