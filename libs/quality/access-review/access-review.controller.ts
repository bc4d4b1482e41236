import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { parseDuration } from '@millrace/sdk';
import { AccessReviewer, ApiErrors, RequireRole } from '#access';
import { encodeCursor, Settings, textAfter } from '#platform';
import { PageLinks } from '../pages/index.ts';
import { AccessReviewDto, AccessReviewQuery, ReviewedKeyDto } from './access-review.dto.ts';

@ApiTags('keys')
@RequireRole('admin')
@Controller('api/access-review')
export class AccessReviewController {
  constructor(
    private readonly reviewer: AccessReviewer,
    private readonly links: PageLinks,
    private readonly settings: Settings,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Who can do what, and which keys somebody should look at',
    description: 'Roles with the routes that they open, and the keys in use: unused for long, without expiry, admins.',
  })
  @ApiOkResponse({ type: AccessReviewDto })
  @ApiErrors('bad_request')
  async review(@Query() { after, limit, unusedFor = '90d' }: AccessReviewQuery): Promise<AccessReviewDto> {
    const milliseconds = parseDuration(unusedFor)?.milliseconds ?? 0;
    const [keys, roles] = await Promise.all([
      this.reviewer.reviewedKeys(textAfter(after), limit + 1, milliseconds),
      this.reviewer.reviewedRoles(),
    ]);
    const data = keys.slice(0, limit).map((key) => ReviewedKeyDto.of(key));
    const last = data.at(-1);
    return {
      at: new Date().toISOString(),
      adminKeyInSettings: this.settings.adminKey !== undefined,
      roles,
      public: this.reviewer.publicRoutes(),
      page: this.links.to('access-reviews', unusedFor),
      data,
      next: last && keys.length > limit ? encodeCursor(last.id) : null,
    };
  }
}
