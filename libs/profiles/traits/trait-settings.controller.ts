import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Put, Query, Res } from '@nestjs/common';
import {
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
import { PutTraitSettingDto, TraitSettingDto, TraitSettingListDto, wantedSetting } from './trait-setting.dto.ts';
import { TraitSettings } from './trait-settings.ts';

const nameParam = { name: 'name', description: 'Of the trait.', example: 'birthDate' };

@ApiTags('traits')
@RequireRole('viewer')
@Controller('api/traits')
export class TraitSettingsController {
  constructor(private readonly settings: TraitSettings) {}

  @Get()
  @ApiOperation({ summary: 'What was said of traits', description: 'All traits that there are: GET /api/data-map.' })
  @ApiOkResponse({ type: TraitSettingListDto })
  @ApiErrors('bad_request')
  async list(@Query() { after, limit }: PageQuery): Promise<List<TraitSettingDto>> {
    const found = await this.settings.list({ after: textAfter(after), limit: limit + 1 });
    const data = found.slice(0, limit).map((state) => TraitSettingDto.of(state));
    const last = data.at(-1);
    return { data, next: last && found.length > limit ? encodeCursor(last.name) : null };
  }

  @Get(':name')
  @ApiOperation({ summary: 'What was said of a trait' })
  @ApiParam(nameParam)
  @ApiOkResponse({ type: TraitSettingDto })
  @ApiErrors('not_found')
  async get(@Param('name') name: string): Promise<TraitSettingDto> {
    return TraitSettingDto.of(await this.settings.get(name));
  }

  @Put(':name')
  @RequireRole('operator')
  @ApiOperation({
    summary: 'Say who owns a trait, whether it is sensitive, and when it is outdated',
    description:
      'The same again changes nothing. When `sensitive` changes, stored values follow in the background. ' +
      'With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @ApiParam(nameParam)
  @Fenced()
  @ApiOkResponse({ type: TraitSettingDto })
  @ApiCreatedResponse({ type: TraitSettingDto })
  @Rehearsable()
  @ApiErrors('bad_request', 'invalid_trait', 'not_found', 'conflict')
  async put(
    @Param('name') name: string,
    @Body() body: PutTraitSettingDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TraitSettingDto | void> {
    if (rehearse) return this.settings.rehearsePut(name, { madeFrom });
    const { state, created } = await this.settings.put(name, wantedSetting(body), { madeFrom });
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return TraitSettingDto.of(state);
  }

  @Delete(':name')
  @RequireRole('operator')
  @HttpCode(204)
  @ApiOperation({ summary: 'Say nothing of a trait any more', description: 'Its values stay; they are decrypted.' })
  @ApiParam(nameParam)
  @ApiNoContentResponse()
  @ApiErrors('not_found')
  remove(@Param('name') name: string, @Query() how: PlainRemovalQuery): Promise<void> {
    return this.settings.remove(name, how);
  }
}
