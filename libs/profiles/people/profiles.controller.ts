import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { PageQuery, type List } from '#platform';
import { AsOfQuery, LookupDto, ProfileDto, ProfileListDto, ProfileListQuery } from './profile.dto.ts';
import { momentOf } from './moment-of.ts';
import { Profiles } from './profiles.service.ts';
import { sightOf } from './sight.ts';
import type { MergeView, TimelineEntry } from './timeline-entry.ts';
import { MergeListDto, TimelineDto, TimelineQuery } from './timeline.dto.ts';
import { UnmergeDto, UnmergedDto } from './unmerge.dto.ts';
import type { ProfileSummary, ProfileView, UnmergedView } from './views.ts';

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
    summary: 'Find a person by identity, as they are or were',
    description: 'A POST, so that addresses stay out of URLs and logs.',
  })
  @ApiOkResponse({ type: ProfileDto })
  @ApiErrors('bad_request', 'invalid_identity', 'profile_not_found', 'history_expired')
  lookup(@Body() { identity, asOf }: LookupDto, @CurrentKey() key: KeyHolder): Promise<ProfileView> {
    return this.profiles.lookup(identity, asOf === undefined ? undefined : momentOf(asOf), sightOf(key));
  }

  @Get()
  @ApiOperation({ summary: 'List people, or search them by the start of an identity or a name' })
  @ApiOkResponse({ type: ProfileListDto })
  @ApiErrors('bad_request')
  list(@Query() query: ProfileListQuery): Promise<List<ProfileSummary>> {
    return this.profiles.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'A person, with the origin of every trait, as they are or were' })
  @ApiParam(idParam)
  @ApiOkResponse({ type: ProfileDto })
  @ApiErrors('bad_request', 'profile_not_found', 'history_expired')
  get(@Param('id') id: string, @Query() { asOf }: AsOfQuery, @CurrentKey() key: KeyHolder): Promise<ProfileView> {
    return this.profiles.get(id, asOf === undefined ? undefined : momentOf(asOf), sightOf(key));
  }

  @Get(':id/timeline')
  @ApiOperation({
    summary: 'Orders, events, changes and merges of a person, newest first; orders without a time are last',
  })
  @ApiParam(idParam)
  @ApiOkResponse({ type: TimelineDto })
  @ApiErrors('bad_request', 'profile_not_found')
  timeline(
    @Param('id') id: string,
    @Query() page: TimelineQuery,
    @CurrentKey() key: KeyHolder,
  ): Promise<List<TimelineEntry>> {
    return this.profiles.timeline(id, page, sightOf(key));
  }

  @Get(':id/merges')
  @ApiOperation({ summary: 'Who became one with this person, when and why' })
  @ApiParam(idParam)
  @ApiOkResponse({ type: MergeListDto })
  @ApiErrors('bad_request', 'profile_not_found')
  merges(@Param('id') id: string, @Query() page: PageQuery): Promise<List<MergeView>> {
    return this.profiles.merges(id, page);
  }

  @Post(':id/unmerge')
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({
    summary: 'Undo a merge',
    description:
      'Records and identities go back to whom they were of, and the two are kept apart from then on. So do the ids of others who were merged with either. Once more ' +
      'changes nothing. Events and orders follow within seconds.',
  })
  @ApiParam(idParam)
  @ApiOkResponse({ type: UnmergedDto })
  @ApiErrors('bad_request', 'profile_not_found', 'merge_not_found', 'conflict')
  unmerge(@Param('id') id: string, @Body() ref: UnmergeDto, @CurrentKey() key: KeyHolder): Promise<UnmergedView> {
    return this.profiles.unmerge(id, ref, key.id, sightOf(key));
  }
}
