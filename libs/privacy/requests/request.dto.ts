import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { PageQuery } from '#platform';
import type { NamedPerson } from './named-people.ts';
import type { NewRequest } from './requests.ts';
import { requestKinds, requestStates, type RequestKind, type RequestState } from './request.schema.ts';
import type { RequestView } from './request-view.ts';

const at = '2025-03-01T09:00:00.000Z';

export class RequestLookupDto {
  @ApiProperty({ example: 'email:ann@example.com' }) @IsString() @Length(1, 512) identity!: string;
}

export class RequestPersonDto implements NamedPerson {
  @ApiPropertyOptional({ description: 'Whoever has it. Either this or `profile`.', example: 'email:ann@example.com' })
  @IsOptional()
  @IsString()
  @Length(1, 512)
  identity?: string;

  @ApiPropertyOptional({
    description: 'Whose it is, or what it was merged into, whoever has got an identity of theirs meanwhile.',
    example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  profile?: string;
}

export class NewRequestDto extends RequestPersonDto implements NewRequest {
  @ApiProperty({ enum: requestKinds, example: 'export' }) @IsIn(requestKinds) kind!: RequestKind;

  @ApiPropertyOptional({
    description: 'Days until it has to be done. Default: MILLRACE_PRIVACY_DEADLINE_DAYS.',
    example: 30,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(365)
  dueDays?: number;

  @ApiPropertyOptional({
    description: 'Your own, such as a ticket. No personal data: it is kept.',
    example: 'TICKET-204',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  reference?: string;
}

export class RequestListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: requestKinds, example: 'erase' }) @IsOptional() @IsIn(requestKinds) kind?: RequestKind;
  @ApiPropertyOptional({ enum: requestStates, example: 'waiting' })
  @IsOptional()
  @IsIn(requestStates)
  state?: RequestState;

  @ApiPropertyOptional({
    description: 'Those about the person of this profile, by any identity of theirs.',
    example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  profile?: string;
}

export class RequestDto implements RequestView {
  @ApiProperty({ example: 'prq_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiProperty({ enum: requestKinds, example: 'erase' }) kind!: RequestKind;
  @ApiProperty({ enum: requestStates, example: 'done' }) state!: RequestState;
  @ApiPropertyOptional({ description: 'What it waits for.' }) reason?: string;

  @ApiProperty({
    description: 'Kind and keyed hash of the identity; the address itself is not kept.',
    type: Object,
    example: { kind: 'email', hash: '9f86d081884c7d65…' },
  })
  identity!: RequestView['identity'];

  @ApiPropertyOptional({ example: 'TICKET-204' }) reference?: string;
  @ApiProperty({ type: Object, example: { id: 'key_admin', name: 'Admin', role: 'admin' } })
  requestedBy!: RequestView['requestedBy'];
  @ApiProperty({ format: 'date-time', example: at }) requestedAt!: string;
  @ApiProperty({ format: 'date-time', example: '2025-03-31T09:00:00.000Z' }) dueAt!: string;
  @ApiProperty({ description: 'It should have been done by now.', example: false }) overdue!: boolean;
  @ApiProperty({ type: Object, isArray: true, example: [{ name: 'tombstones', doneAt: at }] })
  steps!: RequestView['steps'];

  @ApiProperty({
    description: 'By collection, how many documents; after a crash at least so many.',
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { profiles: 1, events: 204, landed_rows: 3 },
  })
  counts!: Record<string, number>;

  @ApiProperty({
    description: 'Whom other systems were told to delete, and what is left to do there by hand.',
    type: Object,
    isArray: true,
    example: [
      { sync: 'syn_01J9Z3', syncName: 'To the CRM', connection: 'con_01J', object: 'contact', deleted: 1, byHand: 0 },
    ],
  })
  destinations!: RequestView['destinations'];

  @ApiPropertyOptional({ format: 'date-time', example: at }) finishedAt?: string;
  @ApiPropertyOptional({ format: 'date-time', example: at }) liftedAt?: string;
  @ApiPropertyOptional({ description: 'Of an export: when it is gone.', format: 'date-time' }) expiresAt?: string;
  @ApiPropertyOptional({ description: 'HMAC over all of this, made when it was finished.', example: '2c26b46b…' })
  proof?: string;
}

export class RequestListDto {
  @ApiProperty({ type: [RequestDto] }) data!: RequestDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
