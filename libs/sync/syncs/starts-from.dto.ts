import { ApiProperty } from '@nestjs/swagger';
import { IsDefined, ValidateIf } from 'class-validator';
import type { Json } from '@millrace/sdk';

export class StartsFromDto {
  @ApiProperty({
    type: Object,
    nullable: true,
    example: { cursor: '2026-01-01T00:00:00.000Z' },
    description: 'As the sync shows it; null: from the start.',
  })
  @ValidateIf(({ startsFrom }: StartsFromDto) => startsFrom !== null)
  @IsDefined()
  startsFrom!: Json;
}
