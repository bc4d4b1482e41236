import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches, MaxLength, ValidateBy } from 'class-validator';
import { IsTime } from '#platform';
import type { Json } from '@millrace/sdk';
import {
  bases,
  wordPattern,
  type Bar,
  type Basis,
  type ChoiceView,
  type ConsentState,
  type ConsentStateView,
  type IdentityKey,
  type NewChoice,
  type PartOrigin,
  type Permission,
  type PermissionReason,
  type PersonConsents,
} from '#profiles';

const reasons = ['granted', 'not_refused', 'not_needed', 'denied', 'no_consent', 'restricted', 'erased'] as const;
const states = ['granted', 'denied'] as const;
const at = '2025-03-01T09:00:00.000Z';
const origin = { connection: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', stream: 'unsubscribes', key: '17' };
const wordMessage = 'must be a word of lower case letters, digits, "_", "." and "-"';
const mostEvidence = 20_000;
const isEvidence = (value: unknown): boolean => JSON.stringify(value).length <= mostEvidence;

export class RecordChoiceDto implements NewChoice {
  @ApiPropertyOptional({
    description: 'Whose choice it is, where the person has several identities that fit the channel.',
    example: 'email:ann@example.com',
  })
  @IsOptional()
  @IsString()
  @Length(1, 512)
  identity?: string;

  @ApiProperty({ example: 'email' }) @Matches(wordPattern, { message: wordMessage }) channel!: string;

  @ApiProperty({ description: '"all" speaks for every purpose of the channel.', example: 'newsletter' })
  @Matches(wordPattern, { message: wordMessage })
  purpose!: string;

  @ApiProperty({ enum: states, example: 'denied' }) @IsIn(states) state!: ConsentState;

  @ApiPropertyOptional({ description: 'When the person chose. Default: now.', format: 'date-time', example: at })
  @IsOptional()
  @IsTime()
  at?: string;

  @ApiProperty({ description: 'What took the choice.', example: 'telephone call', maxLength: 256 })
  @IsString()
  @Length(1, 256)
  source!: string;

  @ApiPropertyOptional({ description: 'Version of the wording.', example: 'newsletter-2025-03', maxLength: 256 })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  wording?: string;

  @ApiProperty({
    description: 'What proves the choice; any JSON of at most 20,000 characters.',
    type: Object,
    example: { call: 'C-1204', agent: 'Kim' },
  })
  @ValidateBy({
    name: 'isEvidence',
    validator: {
      validate: (value: unknown) => value !== undefined && value !== null && isEvidence(value),
      defaultMessage: () => `evidence must be there, and have at most ${mostEvidence} characters as JSON`,
    },
  })
  evidence!: Json;
}

export class ConsentStateDto implements ConsentStateView {
  @ApiProperty({ example: 'email:ann@example.com' }) identity!: string;
  @ApiProperty({ example: 'email' }) channel!: string;
  @ApiProperty({ example: 'newsletter' }) purpose!: string;
  @ApiProperty({ enum: states, example: 'denied' }) state!: ConsentState;
  @ApiPropertyOptional({ format: 'date-time', example: at }) at?: string;
  @ApiPropertyOptional({ example: 'bounce' }) source?: string;
  @ApiPropertyOptional({ example: 'newsletter-2025-03' }) wording?: string;
  @ApiPropertyOptional({ type: Object, example: { message: 'm-17' } }) evidence?: Json;
  @ApiPropertyOptional({ description: 'Id of the key that recorded it.', example: 'key_01JD3V7Q2M' }) by?: string;
  @ApiProperty({ type: Object, example: origin }) origin!: PartOrigin;
  @ApiProperty({ format: 'date-time', example: at }) updatedAt!: string;
}

export class PermissionDto implements Permission {
  @ApiProperty({ example: 'email' }) channel!: string;
  @ApiProperty({ example: 'newsletter' }) purpose!: string;
  @ApiProperty({ enum: bases, example: 'consent' }) basis!: Basis;
  @ApiProperty({ example: false }) allowed!: boolean;
  @ApiProperty({ enum: reasons, example: 'denied' }) reason!: PermissionReason;
  @ApiPropertyOptional({ description: 'Whose choice it was.', example: 'email:ann@example.com' }) identity?: string;
  @ApiPropertyOptional({ format: 'date-time', example: at }) at?: string;
  @ApiPropertyOptional({ example: 'bounce' }) source?: string;
  @ApiPropertyOptional({ type: Object, example: origin }) origin?: PartOrigin;
}

export class BarDto implements Bar {
  @ApiProperty({ enum: ['restricted', 'erased'], example: 'restricted' }) reason!: Bar['reason'];
  @ApiProperty({ description: 'Of which it was said.', example: 'email:ann@example.com' }) identity!: IdentityKey;
}

export class PersonConsentsDto implements PersonConsents {
  @ApiProperty({ type: [ConsentStateDto] }) consents!: ConsentStateDto[];
  @ApiProperty({ type: [PermissionDto] }) permissions!: PermissionDto[];

  @ApiProperty({
    description: 'What stands before every choice: they may be written to for no purpose.',
    type: BarDto,
    nullable: true,
  })
  bar!: BarDto | null;
}

export class ChoiceDto implements ChoiceView {
  @ApiProperty({ example: 'email:ann@example.com' }) identity!: string;
  @ApiProperty({ example: 'email' }) channel!: string;
  @ApiProperty({ example: 'newsletter' }) purpose!: string;
  @ApiProperty({ enum: states, example: 'denied' }) state!: ConsentState;
  @ApiPropertyOptional({ format: 'date-time', example: at }) at?: string;
  @ApiPropertyOptional({ example: 'bounce' }) source?: string;
  @ApiPropertyOptional({ example: 'newsletter-2025-03' }) wording?: string;
  @ApiPropertyOptional({ type: Object, example: { message: 'm-17' } }) evidence?: Json;
  @ApiProperty({ type: Object, example: origin }) origin!: PartOrigin;
  @ApiProperty({ description: 'The run, or api or preferences.', example: 'run_01JD3V7Q2M' }) run!: string;
  @ApiPropertyOptional({ example: 'key_01JD3V7Q2M' }) by?: string;
  @ApiProperty({ format: 'date-time', example: at }) recordedAt!: string;
}

export class ChoiceListDto {
  @ApiProperty({ type: [ChoiceDto] }) data!: ChoiceDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
