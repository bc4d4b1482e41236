import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { IsTime, PageQuery, type List } from '#platform';
import type { ProfileSummary, ProfileView } from './views.ts';

const profileId = 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC';
const identities = [{ kind: 'email', value: 'ann@example.com', key: 'email:ann@example.com' }];
const updatedAt = '2025-03-01T09:00:00.000Z';

export class AsOfQuery {
  @ApiPropertyOptional({
    description: 'As the person was at this moment, as far as Millrace knew then. Default: now.',
    format: 'date-time',
    example: updatedAt,
  })
  @IsOptional()
  @IsTime()
  asOf?: string;
}

export class LookupDto extends AsOfQuery {
  @ApiProperty({
    description: 'Kind and value; an e-mail address may stand alone.',
    example: 'email:ann@example.com',
    maxLength: 512,
  })
  @IsString()
  @MaxLength(512)
  identity!: string;
}

export class ProfileListQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Start of an identity, with or without its kind, or of a name.',
    example: 'ann',
    maxLength: 256,
  })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  q?: string;
}

export class IdentityDto {
  @ApiProperty({ example: 'email' }) kind!: string;
  @ApiProperty({ example: 'ann@example.com' }) value!: string;
  @ApiProperty({ example: 'email:ann@example.com' }) key!: string;
}

export class ProfileDto implements ProfileView {
  @ApiProperty({ example: profileId }) id!: string;
  @ApiProperty({ description: 'Raised by every change.', example: 3 }) version!: number;
  @ApiProperty({ type: [IdentityDto], example: identities }) identities!: IdentityDto[];

  @ApiProperty({ type: 'object', additionalProperties: true, example: { firstName: 'Ann', city: 'Oslo' } })
  traits!: ProfileView['traits'];

  @ApiProperty({
    description: 'Computed traits, by name; those without a value are left out.',
    type: 'object',
    additionalProperties: true,
    example: { lifetimeValue: 249.5 },
  })
  computed!: ProfileView['computed'];

  @ApiProperty({ description: 'Slugs of the audiences that the person is in.', type: [String], example: ['loyal'] })
  audiences!: string[];

  @ApiProperty({
    description: 'By trait: the record that it came from.',
    type: 'object',
    additionalProperties: true,
    example: { city: { connection: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', stream: 'customers', key: '17', at: updatedAt } },
  })
  origins!: ProfileView['origins'];

  @ApiProperty({ format: 'date-time', example: '2025-01-07T12:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ format: 'date-time', example: updatedAt }) updatedAt!: string;
  @ApiProperty({ description: 'Ids of profiles that were merged into this one.', type: [String], example: [] })
  absorbed!: string[];

  @ApiProperty({
    description: 'Sensitive traits that are shown as a mask: the role operator sees them.',
    type: [String],
    example: ['birthDate'],
  })
  masked!: string[];
}

export class ProfileSummaryDto implements ProfileSummary {
  @ApiProperty({ example: profileId }) id!: string;
  @ApiPropertyOptional({ example: 'Ann Smith' }) name?: string;
  @ApiProperty({ type: [IdentityDto], example: identities }) identities!: IdentityDto[];
  @ApiProperty({ format: 'date-time', example: updatedAt }) updatedAt!: string;
}

export class ProfileListDto implements List<ProfileSummary> {
  @ApiProperty({ type: [ProfileSummaryDto] }) data!: ProfileSummaryDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
