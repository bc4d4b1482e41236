import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { sightOf } from '#profiles';
import { Idempotent, type List } from '#platform';
import { ShareDto, ShareListDto, ShareRequestDto, SharesQuery } from './share.dto.ts';
import type { ShareView } from './share-view.ts';
import { Shares } from './shares.ts';

@ApiTags('templates')
@RequireRole('marketer')
@Controller('api/shares')
export class SharesController {
  constructor(private readonly shares: Shares) {}

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Make a link that shows a mail to somebody without a key',
    description:
      'A saved template or an unsaved one, as with `POST /api/preview`. The link shows the mail as it is now, whatever changes later; it expires, and can be taken ' +
      'back. Sensitive traits are masked unless the role allows to see them and `masked` is false.',
  })
  @ApiCreatedResponse({ type: ShareDto })
  @ApiErrors(
    'bad_request',
    'invalid_identity',
    'profile_not_found',
    'history_expired',
    'would_not_be_sent',
    'template_not_found',
    'template_invalid',
    'template_too_large',
    'template_failed',
    'template_timeout',
    'conflict',
  )
  share(@Body() body: ShareRequestDto, @CurrentKey() key: KeyHolder): Promise<ShareView> {
    return this.shares.share(body, key);
  }

  @Get()
  @ApiOperation({ summary: 'Shared links that have not expired, newest first' })
  @ApiOkResponse({ type: ShareListDto })
  @ApiErrors('bad_request', 'template_not_found')
  list(@Query() { template, ...page }: SharesQuery, @CurrentKey() key: KeyHolder): Promise<List<ShareView>> {
    return this.shares.list(template, sightOf(key), page);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Take a link back', description: 'What it showed is deleted at once.' })
  @ApiNoContentResponse()
  @ApiErrors('not_found')
  revoke(@Param('id') id: string): Promise<void> {
    return this.shares.revoke(id);
  }
}
