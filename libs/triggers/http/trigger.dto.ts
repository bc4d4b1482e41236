import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, Length } from 'class-validator';
import type { Json } from '@millrace/sdk';
import { PageQuery } from '#platform';
import type { TriggerAction, TriggerCause, TriggerLimits, Unless } from '../definition/index.ts';
import { firingStates, type FiringState } from '../store/index.ts';
import type { NewTrigger } from '../triggers.ts';

const duration = { example: '4h', pattern: '^\\d{1,6}(s|min|h|d|w)$' };

export class PutTriggerDto implements NewTrigger {
  @ApiPropertyOptional({ description: 'Default: the slug.', example: 'Abandoned carts', maxLength: 100 })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  name?: string;

  @ApiPropertyOptional({ example: 'Reminds people of what is in their cart.', maxLength: 1000 })
  @IsOptional()
  @IsString()
  @Length(1, 1000)
  description?: string;

  @ApiProperty({
    type: Object,
    description:
      'One of `{ event, where? }` (a condition over properties.…), `{ entersAudience }`, `{ leavesAudience }` (slugs), ' +
      '`{ trait, from?, to?, newPeople? }` (tests such as `{ "is": "equals", "value": "pro" }`).',
    example: { event: 'Cart Updated', where: { field: 'properties.total', is: 'atLeast', value: 20 } },
  })
  @IsObject()
  on!: TriggerCause;

  @ApiPropertyOptional({ ...duration, description: 'Fires so long after the cause; a later one begins the wait anew.' })
  @IsOptional()
  @IsString()
  wait?: string;

  @ApiPropertyOptional({
    type: Object,
    description:
      'Does not fire when one of these came since the cause: `{ events: [{ name, where? }], orders: true }`.',
    example: { events: [{ name: 'Order Completed' }], orders: true },
  })
  @IsOptional()
  @IsObject()
  unless?: Unless;

  @ApiPropertyOptional({ ...duration, example: '7d', description: 'So long a person is left alone after a firing.' })
  @IsOptional()
  @IsString()
  coolDown?: string;

  @ApiPropertyOptional({ ...duration, example: '1d', default: '1d', description: 'Older causes do not fire.' })
  @IsOptional()
  @IsString()
  maxAge?: string;

  @ApiPropertyOptional({
    type: Object,
    description: 'Only people who may be written to; asked right before.',
    example: { channel: 'email', purpose: 'marketing' },
  })
  @IsOptional()
  @IsObject()
  requires?: { channel: string; purpose: string };

  @ApiPropertyOptional({
    type: Object,
    description:
      'Firings within an hour: beyond `perPerson` (20) a firing is held, beyond `perHour` (10,000) the trigger is.',
    example: { perPerson: 20, perHour: 10_000 },
  })
  @IsOptional()
  @IsObject()
  limits?: TriggerLimits;

  @ApiProperty({
    type: Object,
    description:
      'One of `{ sync }` (a slug: starts a run), `{ webhook: { url, secret? } }` (whsec_…; signed as Standard Webhooks says), ' +
      '`{ handOver: { connection, object, mapping?, mode? } }`.',
    example: { webhook: { url: 'https://example.com/hooks/carts', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' } },
  })
  @IsObject()
  do!: TriggerAction;
}

export class TestTriggerDto {
  @ApiProperty({ description: 'Whom to try it with: an identity or the id of a profile.', example: 'email:ann@x.com' })
  @IsString()
  @Length(1, 500)
  identity!: string;

  @ApiPropertyOptional({
    type: Object,
    description: 'Properties of an event to try it with. Default: those of the last one of the person.',
    example: { total: 25 },
  })
  @IsOptional()
  @IsObject()
  properties?: Record<string, Json>;
}

export class FiringListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: firingStates, example: 'failed' })
  @IsOptional()
  @IsIn(firingStates)
  state?: FiringState;

  @ApiPropertyOptional({
    description: 'Only those of a person: id of the profile.',
    example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  })
  @IsOptional()
  @IsString()
  @Length(1, 50)
  profile?: string;
}

export class RetryFiringsDto {
  @ApiProperty({ enum: ['failed', 'held'], example: 'failed' })
  @IsIn(['failed', 'held'])
  state!: 'failed' | 'held';
}
