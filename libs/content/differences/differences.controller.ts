import { Body, Controller, Get, HttpStatus, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, RequireRole } from '#access';
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
    @Res({ passthrough: true }) response: Response,
  ): Promise<DifferencesDto> {
    const { template, from, to } = body;
    const study = await this.differences.start(template, from, to, studiedPeople(body));
    response.status(study.state === 'running' ? HttpStatus.ACCEPTED : HttpStatus.OK);
    return this.#view(study);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far it is, and the differences when it is done', description: 'Kept for a day.' })
  @ApiOkResponse({ type: DifferencesDto })
  @ApiErrors('not_found')
  async get(@Param('id') id: string): Promise<DifferencesDto> {
    return this.#view(await this.differences.get(id));
  }

  async #view(study: StoredStudy): Promise<DifferencesDto> {
    return { ...studyView(study), differences: await this.differences.differencesOf(study) };
  }
}
