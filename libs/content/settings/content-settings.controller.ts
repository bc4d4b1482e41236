import { Body, Controller, Get, HttpStatus, Put, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { Fenced, MadeFrom, RehearseQuery } from '#platform';
import { ContentSettingsDto, contentSettingsView, SetContentSettingsDto } from './content-settings.dto.ts';
import { ContentSettings } from './content-settings.ts';

@ApiTags('templates')
@RequireRole('marketer')
@Controller('api/content-settings')
export class ContentSettingsController {
  constructor(private readonly settings: ContentSettings) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'What holds for all mails' })
  @ApiOkResponse({ type: ContentSettingsDto })
  @ApiErrors()
  async get(): Promise<ContentSettingsDto> {
    return contentSettingsView(await this.settings.latest());
  }

  @Put()
  @ApiOperation({
    summary: 'Set what holds for all mails',
    description:
      'What is left out has its default. Every process goes by it two seconds later at most. ' +
      'With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @Fenced()
  @ApiOkResponse({ type: ContentSettingsDto })
  @ApiNoContentResponse({ description: 'A rehearsal: it would be taken.' })
  @ApiErrors('bad_request', 'conflict')
  async set(
    @Body() body: SetContentSettingsDto,
    @CurrentKey() key: KeyHolder,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContentSettingsDto | undefined> {
    const expected = madeFrom ?? body.revision;
    if (rehearse) {
      await this.settings.rehearseSet(body, expected);
      response.status(HttpStatus.NO_CONTENT);
      return undefined;
    }
    return contentSettingsView(await this.settings.set(body, key.id, expected));
  }
}
