import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { Profiles, type ProfileView } from '#profiles';
import { MakeTrackingLinksDto, TrackingLinks, TrackingLinksDto } from '../links/index.ts';
import { MailTracking, TrackedMailHtmlDto, TrackMailDto } from '../mails/index.ts';

const profileId = /^p_[0-9A-Z]{26}$/;

@ApiTags('tracking')
@RequireRole('marketer')
@Controller('api/tracking-links')
export class TrackingLinksController {
  constructor(
    private readonly links: TrackingLinks,
    private readonly tracking: MailTracking,
    private readonly profiles: Profiles,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Make the pixel and the links of a mail to somebody',
    description: 'Nothing is stored. For mails that another system composes.',
  })
  @ApiOkResponse({ type: TrackingLinksDto })
  @ApiErrors('bad_request', 'invalid_identity', 'profile_not_found')
  async make(@Body() { links, pixel, ...told }: MakeTrackingLinksDto): Promise<TrackingLinksDto> {
    const person = await this.personOf(told.person);
    const mail = { ...told, person: person.id };
    const made = await Promise.all(links.map(async (link) => ({ ...link, href: await this.links.click(mail, link) })));
    if (!(await this.tracking.allowedAmong([person])).has(person.id))
      return { tracked: false, pixel: null, links: links.map((link) => ({ ...link, href: link.url })) };
    return { tracked: true, pixel: pixel ? await this.links.pixel(mail) : null, links: made };
  }

  @Post('html')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Make a composed mail a tracked one',
    description:
      'Links to declared hosts lead over this server, and a pixel is added. Links with `clicktracking="off"` stay as they are.',
  })
  @ApiOkResponse({ type: TrackedMailHtmlDto })
  @ApiErrors('bad_request', 'invalid_identity', 'profile_not_found')
  async trackHtml(@Body() { html, person, ...told }: TrackMailDto): Promise<TrackedMailHtmlDto> {
    const [result] = await this.tracking.track([{ ...told, person: await this.personOf(person), mail: { html } }]);
    return { tracked: result?.tracked ?? false, html: result?.mail.html ?? html, links: result?.links ?? 0 };
  }

  private personOf(person: string): Promise<ProfileView> {
    return profileId.test(person) ? this.profiles.get(person) : this.profiles.lookup(person);
  }
}
