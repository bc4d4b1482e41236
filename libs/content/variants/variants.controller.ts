import { Body, Controller, Get, HttpStatus, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { sightOf } from '#profiles';
import { studiedPeople, studyView, type StoredStudy } from '../studies/index.ts';
import { Templates } from '../templates/index.ts';
import { VariantsDto, VariantsRequestDto } from './variants.dto.ts';
import { Variants } from './variants.ts';

@ApiTags('templates')
@RequireRole('marketer')
@Controller('api/variants')
export class VariantsController {
  constructor(
    private readonly variants: Variants,
    private readonly templates: Templates,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'A few real people who together show everything that a mail may say',
    description:
      'Every outcome of every condition and every missing token, with how many people it concerns. Done at once for some thousand people; for ' +
      'more the answer is 202: ask again with GET.',
  })
  @ApiOkResponse({ type: VariantsDto })
  @ApiAcceptedResponse({ type: VariantsDto, description: 'Not done yet.' })
  @ApiErrors('bad_request', 'template_not_found', 'template_invalid', 'template_too_large', 'rate_limited')
  async find(
    @Body() body: VariantsRequestDto,
    @CurrentKey() key: KeyHolder,
    @Res({ passthrough: true }) response: Response,
  ): Promise<VariantsDto> {
    const { parts, blocks } = await this.templates.given(body);
    const study = await this.variants.start({ ...parts, blocks }, studiedPeople(body, key));
    response.status(study.state === 'running' ? HttpStatus.ACCEPTED : HttpStatus.OK);
    return this.#view(study);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far it is, and the grid when it is done', description: 'Kept for a day.' })
  @ApiOkResponse({ type: VariantsDto })
  @ApiErrors('not_found', 'forbidden')
  async get(@Param('id') id: string, @CurrentKey() key: KeyHolder): Promise<VariantsDto> {
    return this.#view(await this.variants.get(id, sightOf(key)));
  }

  async #view(study: StoredStudy): Promise<VariantsDto> {
    return { ...studyView(study), grid: await this.variants.gridOf(study) };
  }
}
