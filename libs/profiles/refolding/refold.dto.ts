import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { List } from '#platform';
import { refoldKinds, type StoredRefold } from './refold.schema.ts';

const at = '2025-03-01T09:00:00.000Z';

export class RefoldDto {
  @ApiProperty({ example: 'rfd_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiProperty({ enum: refoldKinds, example: 'removal' }) kind!: StoredRefold['kind'];
  @ApiProperty({ enum: ['open', 'done'], example: 'open' }) state!: StoredRefold['state'];

  @ApiPropertyOptional({ description: 'Of a removal: whose records go.', example: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  connection?: string;

  @ApiPropertyOptional({
    description: 'Of priorities and identities: the revision of the setting that it makes true.',
    example: 3,
  })
  revision?: number;

  @ApiProperty({ description: 'Profiles (identities: consents) looked at so far.', example: 1200 }) read!: number;
  @ApiProperty({ description: 'Profiles (identities: consents) changed so far.', example: 17 }) changed!: number;
  @ApiProperty({ format: 'date-time', example: at }) createdAt!: string;
  @ApiProperty({ description: 'It does not start before.', format: 'date-time', example: at }) notBefore!: string;
  @ApiPropertyOptional({ format: 'date-time', example: at }) endedAt?: string;
}

export class RefoldListDto implements List<RefoldDto> {
  @ApiProperty({ type: [RefoldDto] }) data!: RefoldDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export function refoldView(refold: StoredRefold): RefoldDto {
  const { _id: id, kind, state, connection, revision, read, changed, createdAt, notBefore, endedAt } = refold;
  return {
    id,
    kind,
    state,
    ...(connection !== undefined && { connection }),
    ...(revision !== undefined && { revision }),
    read,
    changed,
    createdAt: createdAt.toISOString(),
    notBefore: notBefore.toISOString(),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
  };
}
