import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonSchema } from '@millrace/sdk';
import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';
import type { ConnectorCapabilities, ConnectorDescription } from '../descriptions/connector-description.ts';
import { ObjectDto } from './object.dto.ts';
import { StreamDto } from './stream.dto.ts';

class ConnectorCapabilitiesDto implements ConnectorCapabilities {
  @ApiProperty({ example: true })
  source!: boolean;

  @ApiProperty({ example: false })
  destination!: boolean;

  @ApiProperty({ example: false })
  webhooks!: boolean;

  @ApiProperty({ description: 'Signs in by OAuth 2.0.', example: false })
  oauth2!: boolean;
}

export class ConnectorDto implements ConnectorDescription {
  @ApiProperty({ example: 'postgres' })
  id!: string;

  @ApiProperty({ example: 'PostgreSQL' })
  title!: string;

  @ApiPropertyOptional({ example: 'Reads the tables of a PostgreSQL database.' })
  description?: string;

  @ApiProperty({ example: '1.0.0' })
  version!: string;

  @ApiProperty({ example: true })
  enabled!: boolean;

  @ApiPropertyOptional({ description: 'Why it is disabled.', example: 'the vendor throttles us' })
  reason?: string;

  @ApiProperty({
    description:
      'JSON Schema of a connection’s `config`; secrets have `x-secret`, fields that say where secrets go `x-binds-secrets`; these name the place that is led to, unless `x-place` says otherwise.',
    type: Object,
    example: {
      type: 'object',
      properties: { host: { type: 'string', 'x-binds-secrets': true }, password: { type: 'string', 'x-secret': true } },
      required: ['host', 'password'],
    },
  })
  config!: JsonSchema;

  @ApiProperty({ type: ConnectorCapabilitiesDto })
  capabilities!: ConnectorCapabilitiesDto;

  @ApiPropertyOptional({ description: 'Absent when a connection has to be asked for them.', type: [StreamDto] })
  streams?: StreamDto[];

  @ApiPropertyOptional({ description: 'Absent when a connection has to be asked for them.', type: [ObjectDto] })
  objects?: ObjectDto[];
}

export class ConnectorListDto {
  @ApiProperty({ type: [ConnectorDto] })
  data!: ConnectorDto[];

  @ApiProperty({ type: String, nullable: true, example: null })
  next!: string | null;
}

export class PatchConnectorDto {
  @ApiProperty({ description: 'A disabled connector’s syncs rest.', example: false })
  @IsBoolean()
  enabled!: boolean;

  @ApiPropertyOptional({
    description: 'Shown wherever something rests because of it.',
    example: 'the vendor throttles us',
    maxLength: 300,
  })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  reason?: string;
}
