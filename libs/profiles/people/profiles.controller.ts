import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { PageQuery, type List } from '#platform';
import { LookupDto, ProfileDto, ProfileListDto, ProfileListQuery, TimelineDto } from './profile.dto.ts';
import { Profiles } from './profiles.service.ts';
import { sightOf } from './sight.ts';
import type { ProfileSummary, ProfileView, TimelineEntry } from './views.ts';

const idParam = {
  name: 'id',
  description: 'Ids of merged profiles keep working.',
  example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
};

@ApiTags('profiles')
@RequireRole('viewer')
@Controller('api/profiles')
export class ProfilesController {
  constructor(private readonly profiles: Profiles) {}

  @Post('lookup')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Find a person by identity',
    description: 'A POST, so that addresses stay out of URLs and logs.',
  })
  @ApiOkResponse({ type: ProfileDto })
  @ApiErrors('bad_request', 'invalid_identity', 'profile_not_found')
  lookup(@Body() { identity }: LookupDto, @CurrentKey() key: KeyHolder): Promise<ProfileView> {
    return this.profiles.lookup(identity, sightOf(key));
  }

  @Get()
  @ApiOperation({ summary: 'List people, or search them by the start of an identity or a name' })
  @ApiOkResponse({ type: ProfileListDto })
  @ApiErrors('bad_request')
  list(@Query() query: ProfileListQuery): Promise<List<ProfileSummary>> {
    return this.profiles.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'A person, with the origin of every trait' })
  @ApiParam(idParam)
  @ApiOkResponse({ type: ProfileDto })
  @ApiErrors('profile_not_found')
  get(@Param('id') id: string, @CurrentKey() key: KeyHolder): Promise<ProfileView> {
    return this.profiles.get(id, sightOf(key));
  }

  @Get(':id/timeline')
  @ApiOperation({ summary: 'Orders and events of a person, newest first' })
  @ApiParam(idParam)
  @ApiOkResponse({ type: TimelineDto })
  @ApiErrors('bad_request', 'profile_not_found')
  timeline(@Param('id') id: string, @Query() page: PageQuery): Promise<List<TimelineEntry>> {
    return this.profiles.timeline(id, page);
  }
}
