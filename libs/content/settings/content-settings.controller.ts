import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
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
    description: 'What is left out has its default. Every process goes by it two seconds later at most.',
  })
  @ApiOkResponse({ type: ContentSettingsDto })
  @ApiErrors('bad_request', 'conflict')
  async set(@Body() body: SetContentSettingsDto, @CurrentKey() key: KeyHolder): Promise<ContentSettingsDto> {
    return contentSettingsView(await this.settings.set(body, key.id, body.revision));
  }
}
