import { ApiProperty } from '@nestjs/swagger';
import type { KnownDestination } from '../../person/index.ts';
import type { RequestReach } from './request-dry-run.ts';

const there = { sync: 'syn_01J9Z3', syncName: 'To the CRM', connection: 'con_01J', object: 'contact', rows: 1 };

export class RequestReachDto implements RequestReach {
  @ApiProperty({
    description: 'The profile and those that were merged into it. Empty: nobody has the identity.',
    type: [String],
    example: ['p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC'],
  })
  profiles!: string[];

  @ApiProperty({ description: 'All by which the person is known.', type: [String], example: ['email:ann@example.com'] })
  identities!: string[];

  @ApiProperty({
    description: 'By section of an export, how much is kept.',
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { profile: 1, events: 204, 'landed rows': 3 },
  })
  counts!: Record<string, number>;

  @ApiProperty({
    description: 'What other systems are known to have, and an erasure would tell them to delete.',
    type: Object,
    isArray: true,
    example: [there],
  })
  destinations!: KnownDestination[];

  @ApiProperty({
    description:
      'False: there may be more. Counting stops at 20,000, and misses what is still being marked after an upgrade.',
    example: true,
  })
  isWhole!: boolean;
}
