import { Body, Controller, Delete, Get, Headers, HttpCode, HttpStatus, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import {
  Fenced,
  MadeFrom,
  RemovalQuery,
  Idempotent,
  ifMatchHeader,
  PageQuery,
  Rehearsable,
  RehearseQuery,
  revisionIn,
  type List,
} from '#platform';
import { helperReference, type HelperReference } from '../helpers/index.ts';
import { CreateTemplateDto, PutTemplateDto } from './template.dto.ts';
import { TemplateRef } from './template-ref.ts';
import {
  HelperDto,
  LintedTemplateDto,
  LintedVersionDto,
  TemplateDto,
  TemplateListDto,
  TemplateSummaryListDto,
  TemplateVersionListDto,
} from './template-view.dto.ts';
import { TemplateListQuery } from './template-list.query.ts';
import type { TemplateSummary, TemplateVersionView, TemplateView } from './template-view.ts';
import type { LintedTemplate, LintedVersion } from './new-template.ts';
import { TemplateVersions } from './template-versions.ts';
import { Templates } from './templates.ts';

const refParam = { name: 'id', description: 'Id or slug.', example: 'last-order' };

@ApiTags('templates')
@RequireRole('marketer')
@Controller('api/templates')
export class TemplatesController {
  constructor(
    private readonly templates: Templates,
    private readonly published: TemplateVersions,
  ) {}

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Write a template',
    description: 'It is parsed at once; faults tell their line and column. `findings` are what the lint found.',
  })
  @ApiCreatedResponse({ type: LintedTemplateDto })
  @ApiErrors('bad_request', 'template_invalid', 'template_too_large', 'template_timeout', 'conflict')
  create(@Body() body: CreateTemplateDto): Promise<LintedTemplate> {
    return this.templates.create(body);
  }

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'List templates', description: 'With `summary=true`, what a list shows of each.' })
  @ApiExtraModels(TemplateListDto, TemplateSummaryListDto)
  @ApiOkResponse({
    schema: { oneOf: [{ $ref: getSchemaPath(TemplateListDto) }, { $ref: getSchemaPath(TemplateSummaryListDto) }] },
  })
  @ApiErrors('bad_request')
  list(@Query() { summary = false, ...page }: TemplateListQuery): Promise<List<TemplateView | TemplateSummary>> {
    return summary ? this.templates.summaries(page) : this.templates.list(page);
  }

  @Get('helpers')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The helpers that templates may call' })
  @ApiOkResponse({ type: [HelperDto] })
  @ApiErrors()
  helpers(): HelperReference[] {
    return helperReference();
  }

  @Get(':id')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One template: its draft' })
  @ApiParam(refParam)
  @ApiOkResponse({ type: TemplateDto })
  @ApiErrors('bad_request', 'template_not_found')
  get(@TemplateRef() ref: string): Promise<TemplateView> {
    return this.templates.get(ref);
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Make the template of a slug, or make it what is given',
    description:
      'The same again changes nothing. Without `preflight` its limits stay; `{}` makes them the usual ones. With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @ApiParam(refParam)
  @Fenced()
  @ApiOkResponse({ type: LintedTemplateDto })
  @ApiCreatedResponse({ type: LintedTemplateDto })
  @Rehearsable()
  @ApiErrors(
    'bad_request',
    'template_invalid',
    'template_too_large',
    'template_timeout',
    'template_not_found',
    'conflict',
  )
  async put(
    @TemplateRef() ref: string,
    @Body() body: PutTemplateDto,
    @MadeFrom() madeFrom: number | undefined,
    @Query() { rehearse }: RehearseQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LintedTemplate | void> {
    if (rehearse) return this.templates.rehearsePut(body);
    const { view, created } = await this.templates.put(ref, body, madeFrom);
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Post(':id/publish')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Make a version of the draft',
    description:
      'Of an unchanged draft, the version that it has already. Its blocks have to be published. What the lint calls an error would break the mail: then nothing is published.',
  })
  @ApiParam(refParam)
  @ApiHeader({
    ...ifMatchHeader,
    description: 'The revision that was looked at: another one by now is a `conflict`, and nothing is published.',
  })
  @ApiOkResponse({ type: LintedVersionDto })
  @ApiErrors('bad_request', 'template_not_found', 'template_invalid', 'conflict', 'template_broken')
  publish(
    @TemplateRef() ref: string,
    @CurrentKey() by: KeyHolder,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<LintedVersion> {
    return this.published.publish(ref, by.id, revisionIn(ifMatch));
  }

  @Get(':id/versions')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'What was published, newest first' })
  @ApiParam(refParam)
  @ApiOkResponse({ type: TemplateVersionListDto })
  @ApiErrors('bad_request', 'template_not_found')
  versions(@TemplateRef() ref: string, @Query() page: PageQuery): Promise<List<TemplateVersionView>> {
    return this.published.list(ref, page);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    summary: 'Remove a template with its versions and preflights',
    description:
      'Refused with `in_use` while connections export its mails or a preflight is under way, unless `force=true`. Shared links and the record of test mails stay until they expire.',
  })
  @ApiParam(refParam)
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'template_not_found', 'in_use')
  remove(@TemplateRef() ref: string, @Query() how: RemovalQuery): Promise<void> {
    return this.templates.remove(ref, how);
  }
}
