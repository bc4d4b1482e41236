import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { Migrator, type List, type MigrationRecord } from '#platform';

export class MigrationDto {
  @ApiProperty({ example: 1 }) number!: number;
  @ApiProperty({ example: 'products can be found by their id alone' }) title!: string;
  @ApiProperty({ enum: ['start', 'background'], example: 'background' }) when!: MigrationRecord['when'];
  @ApiProperty({ enum: ['waiting', 'running', 'done'], example: 'done' }) state!: 'waiting' | 'running' | 'done';
  @ApiProperty({ description: 'Documents that were changed.', example: 1200 }) changed!: number;
  @ApiProperty({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' }) addedAt!: string;
  @ApiPropertyOptional({ format: 'date-time', example: '2025-03-01T09:00:02.000Z' }) endedAt?: string;

  static of({ _id, title, when, changed, addedAt, endedAt, position, holder }: MigrationRecord): MigrationDto {
    return {
      number: Number(_id),
      title,
      when,
      state: endedAt ? 'done' : position === undefined && holder === undefined ? 'waiting' : 'running',
      changed,
      addedAt: addedAt.toISOString(),
      ...(endedAt && { endedAt: endedAt.toISOString() }),
    };
  }
}

export class MigrationListDto {
  @ApiProperty({ type: [MigrationDto] }) data!: MigrationDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

@ApiTags('migrations')
@RequireRole('operator')
@Controller('api/migrations')
export class MigrationsController {
  constructor(private readonly migrator: Migrator) {}

  @Get()
  @ApiOperation({ summary: 'How far stored documents have followed the server’s version' })
  @ApiOkResponse({ type: MigrationListDto })
  @ApiErrors()
  async list(): Promise<List<MigrationDto>> {
    return { data: (await this.migrator.list()).map((record) => MigrationDto.of(record)), next: null };
  }
}
