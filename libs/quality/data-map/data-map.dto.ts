import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '#platform';
import type { MapEntry, MapState } from './data-map.ts';
import { traitProblems, type MappedTrait, type TraitProblem } from './mapped-trait.schema.ts';
import type { DataMapScan } from './scan.schema.ts';

const at = '2025-03-01T02:30:04.000Z';
const crm = { connection: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', connectionName: 'CRM', stream: 'contacts' };
const shop = { connection: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBD', connectionName: 'Shop', stream: 'customers' };

export class DataMapQuery extends PageQuery {
  @ApiPropertyOptional({
    description:
      'Only traits with this problem. `gap`: used, but nothing feeds it; `orphan`: fed, but used nowhere; `outdated`: has values older than its limit; `disagreement`: sources differ.',
    enum: traitProblems,
    example: 'gap',
  })
  @IsOptional()
  @IsIn(traitProblems)
  problem?: TraitProblem;
}

export class MappedTraitDto {
  @ApiProperty({ example: 'city' }) name!: string;
  @ApiPropertyOptional({ example: 'City' }) title?: string;
  @ApiPropertyOptional({ example: 'Of the delivery address.' }) description?: string;
  @ApiPropertyOptional({ example: 'crm-team' }) owner?: string;
  @ApiProperty({ example: false }) sensitive!: boolean;
  @ApiPropertyOptional({ description: 'How old a value may be.', example: '90d' }) freshness?: string;
  @ApiProperty({ description: 'Profiles that have it.', example: 8_120 }) profiles!: number;
  @ApiProperty({ description: 'Share of the profiles that were looked at, 0 to 1.', example: 0.812 }) fill!: number;

  @ApiProperty({ description: 'Profiles by type of the value.', type: Object, example: { text: 8_119, number: 1 } })
  types!: MappedTrait['types'];

  @ApiPropertyOptional({ description: 'When a source last told it.', format: 'date-time', example: at })
  lastAt?: string;
  @ApiProperty({ description: 'Profiles whose value is older than the limit.', example: 12 }) outdated!: number;

  @ApiProperty({
    type: [Object],
    description: 'Who tells it: for how many profiles, and for how many of them this value counts.',
    example: [{ ...crm, values: 8_000, wins: 7_500, lastAt: at }],
  })
  sources!: (Omit<MappedTrait['sources'][number], 'lastAt'> & { lastAt: string })[];

  @ApiProperty({
    type: [Object],
    description: 'Two sources that tell it of the same profiles, and how often they differ.',
    example: [{ between: [crm, shop], both: 620, differ: 41 }],
  })
  overlaps!: MappedTrait['overlaps'];

  @ApiProperty({
    type: [Object],
    description: 'Syncs whose mapping names it.',
    example: [{ sync: 'crm-contacts', name: 'CRM contacts', connection: crm.connection, stream: 'contacts' }],
  })
  feeds!: MappedTrait['feeds'];

  @ApiProperty({
    type: [Object],
    description: 'What reads it.',
    example: [{ kind: 'template', id: 'last-order', name: 'Your last order' }],
  })
  usedBy!: MappedTrait['usedBy'];

  @ApiProperty({ enum: traitProblems, isArray: true, example: ['disagreement'] }) problems!: TraitProblem[];

  static of({ trait, setting }: MapEntry): MappedTraitDto {
    const { _id: _, scan: __, lastAt, sources, ...rest } = trait;
    return {
      ...(setting?.title !== undefined && { title: setting.title }),
      ...(setting?.description !== undefined && { description: setting.description }),
      ...(setting?.owner !== undefined && { owner: setting.owner }),
      sensitive: setting?.sensitive ?? false,
      ...(setting?.freshness !== undefined && { freshness: setting.freshness }),
      ...rest,
      ...(lastAt && { lastAt: lastAt.toISOString() }),
      sources: sources.map((source) => ({ ...source, lastAt: source.lastAt.toISOString() })),
    };
  }
}

export class DataMapScanDto {
  @ApiProperty({ example: 'dms_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiProperty({ description: 'Profiles that were looked at.', example: 10_000 }) looked!: number;
  @ApiProperty({ description: 'About how many there were at its start.', example: 10_000 }) total!: number;
  @ApiProperty({
    description:
      'There are more traits than the map tells of (1,000, and what syncs map, something uses or a setting speaks of before others).',
    example: false,
  })
  partial!: boolean;

  @ApiProperty({ format: 'date-time', example: at }) startedAt!: string;
  @ApiPropertyOptional({ format: 'date-time', example: at }) endedAt?: string;

  static of({ _id: id, looked, total, partial, startedAt, endedAt }: DataMapScan): DataMapScanDto {
    return {
      id,
      looked,
      total,
      partial: partial === true,
      startedAt: startedAt.toISOString(),
      ...(endedAt && { endedAt: endedAt.toISOString() }),
    };
  }
}

export class DataMapDto {
  @ApiProperty({
    type: DataMapScanDto,
    nullable: true,
    description: 'The look that this is of; null before the first.',
  })
  scan!: DataMapScanDto | null;

  @ApiProperty({ type: DataMapScanDto, nullable: true, description: 'A look that is under way.' })
  running!: DataMapScanDto | null;

  @ApiProperty({ type: [MappedTraitDto] }) data!: MappedTraitDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export function scansOf({ latest, running }: MapState): Pick<DataMapDto, 'scan' | 'running'> {
  return { scan: latest ? DataMapScanDto.of(latest) : null, running: running ? DataMapScanDto.of(running) : null };
}
