import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { TranslationDto, TranslationRequestDto } from './translation.dto.ts';
import { Translations, type Translation } from './translations.ts';

@ApiTags('templates')
@RequireRole('marketer')
@Controller('api/translations')
export class TranslationsController {
  constructor(private readonly translations: Translations) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'A template in the merge fields of a mail platform',
    description:
      'For SendGrid, Iterable, Mailchimp, Klaviyo and Braze. What they have no words for is listed with its place. Never proven: look at it there ' +
      'before you send. Nothing is stored.',
  })
  @ApiOkResponse({ type: TranslationDto })
  @ApiErrors('bad_request', 'template_not_found', 'template_invalid', 'template_too_large', 'template_timeout')
  translate(@Body() body: TranslationRequestDto): Promise<Translation> {
    return this.translations.translate(body);
  }
}
