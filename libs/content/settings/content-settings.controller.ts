import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { Fenced, MadeFrom, Rehearsable, RehearseQuery } from '#platform';
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
  @Rehearsable()
  @ApiErrors('bad_request', 'conflict')
  async set(
    @Body() body: SetContentSettingsDto,
    @CurrentKey() key: KeyHolder,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
  ): Promise<ContentSettingsDto | void> {
    const expected = madeFrom ?? body.revision;
    if (rehearse) return this.settings.rehearseSet(body, expected);
    return contentSettingsView(await this.settings.set(body, key.id, expected));
  }
}
