import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { mergeSecrets, type JsonObject } from '#connections';
import type { Channel } from './channel.schema.ts';
import { channelTypes, type ChannelType } from './types/index.ts';

export class DeliveryResponse {
  @ApiProperty({ example: false }) ok!: boolean;
  @ApiProperty({ example: '2026-01-05T06:00:12.000Z' }) at!: string;
  @ApiPropertyOptional({ example: 'unreachable' }) code?: string;
  @ApiPropertyOptional({
    description: 'What the other side said, or why it could not be asked.',
    example: 'example.com answered 202 Accepted.',
  })
  message?: string;
}

/** A channel as the API shows it. */
export class ChannelResponse {
  @ApiProperty({ example: 'chn_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) id!: string;
  @ApiProperty({ example: 'on-call' }) slug!: string;
  @ApiProperty({ example: 'People on call' }) name!: string;
  @ApiProperty({ enum: channelTypes, example: 'webhook' }) type!: ChannelType;
  @ApiProperty({
    type: Object,
    description: 'Secrets are null, and never shown.',
    example: { url: 'https://example.com/hooks/millrace', secret: null },
  })
  config!: JsonObject;
  @ApiProperty({ type: [String], description: 'Secrets that there are.', example: ['secret'] }) secretsSet!: string[];
  @ApiPropertyOptional({ type: DeliveryResponse, description: 'How sending went the last time.' })
  lastDelivery?: DeliveryResponse;
  @ApiProperty({ example: 1 }) revision!: number;
  @ApiProperty() createdAt!: string;
  @ApiProperty() updatedAt!: string;

  static of(channel: Channel): ChannelResponse {
    const { _id, slug, name, type, config, secretsSet, lastDelivery, revision, createdAt, updatedAt } = channel;
    return {
      id: _id,
      slug,
      name,
      type,
      config: mergeSecrets(config, Object.fromEntries(secretsSet.map((path) => [path, null]))),
      secretsSet,
      lastDelivery: lastDelivery && { ...lastDelivery, at: lastDelivery.at.toISOString() },
      revision,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  }
}

export class ChannelListResponse {
  @ApiProperty({ type: [ChannelResponse] }) data!: ChannelResponse[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
