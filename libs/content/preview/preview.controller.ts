import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, ReadsOnly, RequireRole, type KeyHolder } from '#access';
import { sightOf } from '#profiles';
import { PreviewRequestDto } from './preview-request.dto.ts';
import { PreviewDto } from './preview.dto.ts';
import { PreviewService, type Preview } from './preview.service.ts';

@ApiTags('templates')
@RequireRole('marketer')
@Controller('api/preview')
export class PreviewController {
  constructor(private readonly previews: PreviewService) {}

  @Post()
  @ReadsOnly()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Compose a mail for one person, without sending it',
    description:
      'A saved template or an unsaved one, for a real person or a made-up one. Each token tells its value and origin. ' +
      'Sensitive traits are masked for keys below the role operator.',
  })
  @ApiOkResponse({ type: PreviewDto })
  @ApiErrors(
    'bad_request',
    'invalid_identity',
    'profile_not_found',
    'history_expired',
    'template_not_found',
    'template_invalid',
    'template_too_large',
    'template_failed',
    'template_timeout',
  )
  preview(@Body() body: PreviewRequestDto, @CurrentKey() key: KeyHolder): Promise<Preview> {
    return this.previews.preview(body, sightOf(key));
  }
}
