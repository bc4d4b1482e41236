import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { listOf, textAfter, momentAndIdAfter, PageQuery, type List } from '#platform';
import { Slug } from '../definitions/index.ts';
import { Membership } from '../membership/index.ts';
import { ProfileListDto, profileSummary, type ProfileSummary } from '../people/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { ProfileStore } from '../store/index.ts';
import { SampleQuery } from './audience.dto.ts';
import { AudienceChangeListView, AudienceChangeView, AudienceSampleView } from './audience.view.ts';
import { Audiences } from './audiences.ts';

const slugParam = { name: 'id', description: 'The slug of the audience.', example: 'loyal' };

/** Who is in an audience, and who came and went. */
@ApiTags('audiences')
@RequireRole('viewer')
@Controller('api/audiences/:id')
export class MembersController {
  constructor(
    private readonly audiences: Audiences,
    private readonly membership: Membership,
    private readonly settings: ProfileSettings,
    private readonly store: ProfileStore,
  ) {}

  @Get('members')
  @ApiOperation({ summary: 'The members of an audience' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: ProfileListDto })
  @ApiErrors('bad_request', 'not_found')
  async members(@Slug() slug: string, @Query() { after, limit }: PageQuery): Promise<List<ProfileSummary>> {
    await this.audiences.get(slug);
    const found = await this.membership.members(slug, textAfter(after), limit + 1);
    const { priorityOf } = await this.settings.rules();
    return listOf(
      found,
      limit,
      (one) => profileSummary(one, priorityOf),
      (last) => last._id,
    );
  }

  @Get('sample')
  @ApiOperation({ summary: 'Some members, picked at random' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: AudienceSampleView })
  @ApiErrors('bad_request', 'not_found')
  async sample(@Slug() slug: string, @Query() { size }: SampleQuery): Promise<{ data: ProfileSummary[] }> {
    await this.audiences.get(slug);
    const [found, { priorityOf }] = await Promise.all([this.membership.sample(slug, size), this.settings.rules()]);
    return { data: found.map((one) => profileSummary(one, priorityOf)) };
  }

  @Get('changes')
  @ApiOperation({ summary: 'Who entered and left an audience, newest first' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: AudienceChangeListView })
  @ApiErrors('bad_request', 'not_found')
  async changes(@Slug() slug: string, @Query() { after, limit }: PageQuery): Promise<List<AudienceChangeView>> {
    await this.audiences.get(slug);
    const place = momentAndIdAfter(after);
    const before = place && { recordedAt: place.at, id: place.id };
    const found = await this.membership.changesBefore(slug, before, limit + 1);
    const people = await this.peopleOf(found.map(({ profile }) => profile));
    return listOf(
      found,
      limit,
      (change) => AudienceChangeView.of(change, slug, people.get(change.profile)),
      (last) => [last.recordedAt.getTime(), last._id],
    );
  }

  private async peopleOf(profiles: string[]): Promise<Map<string, ProfileSummary>> {
    const [found, { priorityOf }] = await Promise.all([this.store.survivorsOf(profiles), this.settings.rules()]);
    const known = [...found].filter(([, { ids }]) => ids.length > 0);
    return new Map(known.map(([id, profile]) => [id, profileSummary(profile, priorityOf)]));
  }
}
