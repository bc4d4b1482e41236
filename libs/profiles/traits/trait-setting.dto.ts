import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Length, Matches } from 'class-validator';
import { revisionOf } from '#platform';
import type { TraitSettingState, WantedSetting } from './trait-settings.ts';

const freshness = /^[1-9]\d{0,4}(h|d|w)$/;

export class PutTraitSettingDto {
  @ApiPropertyOptional({ description: 'What people call it.', example: 'Date of birth', maxLength: 100 })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  title?: string;

  @ApiPropertyOptional({ example: 'As the customer told it; never guessed.', maxLength: 1000 })
  @IsOptional()
  @IsString()
  @Length(1, 1000)
  description?: string;

  @ApiPropertyOptional({ description: 'Who answers for it.', example: 'crm-team', maxLength: 100 })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  owner?: string;

  @ApiPropertyOptional({
    description: 'Its values are encrypted at rest, and masked for keys below the role operator. Default: false.',
    example: true,
  })
  @IsOptional()
  @IsBoolean()
  sensitive?: boolean;

  @ApiPropertyOptional({ description: 'A value that was said longer ago is outdated.', example: '90d' })
  @IsOptional()
  @Matches(freshness, { message: 'freshness must be a time such as 12h, 90d or 8w' })
  freshness?: string;
}

export class SealingDto {
  @ApiProperty({
    description: 'What happens to stored values: `waiting`, `running` or `done`.',
    enum: ['waiting', 'running', 'done'],
    example: 'running',
  })
  state!: 'waiting' | 'running' | 'done';

  @ApiProperty({ description: 'False: they are decrypted.', example: true }) encrypts!: boolean;
  @ApiProperty({ description: 'Profiles.', example: 120_000 }) looked!: number;
  @ApiProperty({ description: 'Profiles.', example: 80_012 }) rewritten!: number;
  @ApiProperty({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' }) startedAt!: string;
  @ApiPropertyOptional({ format: 'date-time', example: '2025-03-01T09:05:00.000Z' }) endedAt?: string;
}

export class TraitSettingDto extends PutTraitSettingDto {
  @ApiProperty({ example: 'birthDate' }) name!: string;
  @ApiProperty({ example: true }) declare sensitive: boolean;
  @ApiProperty({ description: 'Raised by every change: what `If-Match` names.', example: 1 }) revision!: number;
  @ApiProperty({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' }) updatedAt!: string;

  @ApiProperty({
    type: SealingDto,
    nullable: true,
    description: 'Null: nothing had to follow a change of `sensitive`.',
  })
  sealing!: SealingDto | null;

  static of({ setting, sealing }: TraitSettingState): TraitSettingDto {
    const { _id: name, revision: _, createdAt, updatedAt, ...said } = setting;
    return {
      name,
      ...said,
      revision: revisionOf(setting),
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      sealing: sealing ? sealingDto(sealing) : null,
    };
  }
}

export class TraitSettingListDto {
  @ApiProperty({ type: [TraitSettingDto] }) data!: TraitSettingDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export function wantedSetting({ title, description, owner, sensitive, freshness }: PutTraitSettingDto): WantedSetting {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(owner !== undefined && { owner }),
    sensitive: sensitive ?? false,
    ...(freshness !== undefined && { freshness }),
  };
}

function sealingDto(sealing: NonNullable<TraitSettingState['sealing']>): SealingDto {
  const { seal, looked, rewritten, startedAt, endedAt, position } = sealing;
  return {
    state: endedAt ? 'done' : position === undefined ? 'waiting' : 'running',
    encrypts: seal,
    looked,
    rewritten,
    startedAt: startedAt.toISOString(),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
  };
}
