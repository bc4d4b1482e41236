import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery, type List } from '#platform';
import { timelineKinds, type MergeView, type TimelineEntry, type TimelineKind } from './timeline-entry.ts';

const connection = 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC';
const run = 'run_01JD3V7Q2M8Z5T9W4R6X1Y0KBC';
const at = '2025-03-01T09:00:00.000Z';
const record = { connection, stream: 'customers', key: '17' };
const order = {
  id: 'A-1001',
  connection,
  at,
  total: 9.8,
  currency: 'EUR',
  status: 'shipped',
  lines: [{ id: '1', product: 'SKU-7', name: 'Tea, 100 g', quantity: 2, price: 4.9 }],
  properties: {},
};
const merge = {
  id: 'mrg_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  at,
  into: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  absorbed: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBD',
  records: [record],
  identities: ['email:ann@example.com', 'user:17'],
  run,
  undone: null,
};

export class TimelineQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Which kinds, separated by commas. Default: all.',
    type: String,
    example: timelineKinds.join(','),
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => [value].flat().flatMap((text) => String(text).split(',')))
  @IsIn(timelineKinds, { each: true })
  kinds?: TimelineKind[];
}

export class TimelineEntryDto {
  @ApiProperty({ enum: timelineKinds, example: 'order' }) kind!: TimelineKind;
  @ApiProperty({ example: `${connection}:A-1001` }) id!: string;
  @ApiPropertyOptional({
    description: 'Absent: an order whose source tells no time.',
    format: 'date-time',
    example: at,
  })
  at?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: order }) order?: object;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { id: '9f86d081884c7d65', name: 'Product Viewed', at, properties: { product: 'SKU-7' } },
  })
  event?: object;

  @ApiPropertyOptional({
    description: 'What a record said anew: by trait before and after, and its identities where they changed.',
    type: 'object',
    additionalProperties: true,
    example: { ...record, run, traits: { city: { before: 'Bergen', after: 'Oslo' } } },
  })
  change?: object;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: merge }) merge?: object;
}

export class TimelineDto {
  @ApiProperty({ type: [TimelineEntryDto] }) data!: TimelineEntry[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export class RecordDto {
  @ApiProperty({ example: connection }) connection!: string;
  @ApiProperty({ example: 'customers' }) stream!: string;
  @ApiProperty({ example: '17' }) key!: string;
}

export class MergeDto implements MergeView {
  @ApiProperty({ example: merge.id }) id!: string;
  @ApiProperty({ format: 'date-time', example: at }) at!: string;
  @ApiProperty({ description: 'The profile that went on.', example: merge.into }) into!: string;
  @ApiProperty({ description: 'The profile that ended.', example: merge.absorbed }) absorbed!: string;
  @ApiProperty({ description: 'The records that joined the two; at most 10.', type: [RecordDto] })
  records!: RecordDto[];

  @ApiProperty({
    description: 'The identities of these records that led to different people.',
    type: [String],
    example: merge.identities,
  })
  identities!: string[];

  @ApiProperty({ example: run }) run!: string;

  @ApiProperty({
    description:
      'When it was undone, and by which key (`given_up`: by itself, since its records share no identity any more); null: it holds.',
    type: 'object',
    properties: { at: { type: 'string', format: 'date-time' }, by: { type: 'string' } },
    nullable: true,
    example: null,
  })
  undone!: MergeView['undone'];
}

export class MergeListDto implements List<MergeView> {
  @ApiProperty({ type: [MergeDto] }) data!: MergeDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
