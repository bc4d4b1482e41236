import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { List } from '#platform';
import {
  buildOf,
  BuildProgressDto,
  editionOf,
  readAudienceCondition,
  type Build,
  type DefinitionsHead,
  type StoredAudience,
} from '../definitions/index.ts';
import type { StoredAudienceChange } from '../membership/index.ts';
import { isEntered } from '../store/index.ts';
import { ProfileSummaryDto } from '../people/index.ts';
import { PutAudienceDto } from './audience.dto.ts';

const sentence = 'traits.country is "NO" and the number of orders in the last 90 days is at least 2';
const time = '2026-03-01T09:00:00.000Z';

/** An audience as the API shows it: what PUT takes, and how far it is. */
export class AudienceView extends PutAudienceDto implements Build {
  @ApiProperty({ description: 'The slug.', example: 'loyal' }) id!: string;
  @ApiProperty({ example: 'loyal' }) slug!: string;
  @ApiProperty({ description: 'The condition, to be read.', example: sentence }) sentence!: string;
  @ApiPropertyOptional({ description: 'Members now; only where one audience is asked for.', example: 1204 })
  count?: number;
  @ApiProperty({ description: 'Raised by every change: what `If-Match` names.', example: 1 }) edition!: number;
  @ApiProperty({ description: '`ready`: every profile was looked at.', enum: ['building', 'ready'], example: 'ready' })
  state!: 'building' | 'ready';
  @ApiPropertyOptional({ type: BuildProgressDto }) progress?: BuildProgressDto;
  @ApiProperty({ format: 'date-time', example: time }) createdAt!: string;
  @ApiProperty({ format: 'date-time', example: time }) updatedAt!: string;

  static of(stored: StoredAudience, head: DefinitionsHead | undefined, count?: number): AudienceView {
    const { _id, name, description, revision, createdAt, updatedAt } = stored;
    const condition = JSON.parse(stored.condition) as Record<string, unknown>;
    return {
      id: _id,
      slug: _id,
      name,
      ...(description !== undefined && { description }),
      condition,
      sentence: readAudienceCondition(condition, () => true).sentence,
      ...(count !== undefined && { count }),
      edition: editionOf(stored),
      ...buildOf(revision, head),
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  }
}

export class AudienceListView implements List<AudienceView> {
  @ApiProperty({ type: [AudienceView] }) data!: AudienceView[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export class AudienceSampleView {
  @ApiProperty({ type: [ProfileSummaryDto] }) data!: ProfileSummaryDto[];
}

export class AudienceChangeView {
  @ApiProperty({ description: 'Id of the profile.', example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) profile!: string;
  @ApiPropertyOptional({
    type: ProfileSummaryDto,
    description: 'As whom they are known today; not there where nothing is left of them.',
  })
  person?: ProfileSummaryDto;
  @ApiProperty({ enum: ['entered', 'left'], example: 'entered' }) change!: 'entered' | 'left';
  @ApiProperty({ format: 'date-time', example: time }) at!: string;

  static of(change: StoredAudienceChange, audience: string, person: ProfileSummaryDto | undefined): AudienceChangeView {
    const { profile, at } = change;
    const deed = isEntered(change, audience) ? 'entered' : 'left';
    return { profile, ...(person && { person }), change: deed, at: at.toISOString() };
  }
}

export class AudienceChangeListView implements List<AudienceChangeView> {
  @ApiProperty({ type: [AudienceChangeView] }) data!: AudienceChangeView[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

/** What counting an unsaved condition gave. */
export class CountView {
  @ApiProperty({ description: 'People for whom it holds.', example: 52_300 }) count!: number;
  @ApiProperty({ description: 'False: estimated from a random sample of the people.', example: false }) exact!: boolean;
  @ApiProperty({ description: 'People that were looked at.', example: 10_000 }) looked!: number;
  @ApiProperty({ description: 'People that there are.', example: 1_000_000 }) people!: number;
  @ApiProperty({ example: sentence }) sentence!: string;
  @ApiProperty({
    description:
      'What a look at a sample of orders and events found of the figures in it: no row has the field, or values are no numbers.',
    type: [String],
    example: [],
  })
  warnings!: string[];
}
