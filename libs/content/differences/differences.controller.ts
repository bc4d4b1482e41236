import { Body, Controller, Get, HttpStatus, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { sightOf } from '#profiles';
import { studiedPeople, studyView, type StoredStudy } from '../studies/index.ts';
import { DifferencesDto, DifferencesRequestDto } from './differences.dto.ts';
import { Differences } from './differences.ts';

@ApiTags('templates')
@RequireRole('marketer')
@Controller('api/differences')
export class DifferencesController {
  constructor(private readonly differences: Differences) {}

  @Post()
  @ApiOperation({
    summary: 'Whose mails differ between two versions of a template, and how',
    description: 'Done at once for some hundred people; for more the answer is 202: ask again with GET.',
  })
  @ApiOkResponse({ type: DifferencesDto })
  @ApiAcceptedResponse({ type: DifferencesDto, description: 'Not done yet.' })
  @ApiErrors('bad_request', 'template_not_found', 'rate_limited')
  async find(
    @Body() body: DifferencesRequestDto,
    @CurrentKey() key: KeyHolder,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DifferencesDto> {
    const { template, from, to } = body;
    const study = await this.differences.start(template, from, to, studiedPeople(body, key));
    response.status(study.state === 'running' ? HttpStatus.ACCEPTED : HttpStatus.OK);
    return this.#view(study);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far it is, and the differences when it is done', description: 'Kept for a day.' })
  @ApiOkResponse({ type: DifferencesDto })
  @ApiErrors('not_found', 'forbidden')
  async get(@Param('id') id: string, @CurrentKey() key: KeyHolder): Promise<DifferencesDto> {
    return this.#view(await this.differences.get(id, sightOf(key)));
  }

  async #view(study: StoredStudy): Promise<DifferencesDto> {
    return { ...studyView(study), differences: await this.differences.differencesOf(study) };
  }
}
