import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsInt, Matches, Max, Min } from 'class-validator';
import { hostPattern } from './declared-hosts.ts';
import type { TrackingRules, TrackingSettingsView } from './tracking-settings.ts';

export class PutTrackingSettingsDto implements TrackingRules {
  @ApiPropertyOptional({
    type: [String],
    description:
      'Where tracked links may lead: a host, or `*.` and a domain for all hosts below it. Links to a host that is taken away lead nowhere from then on, whenever they were made.',
    default: [],
    example: ['shop.example.com', '*.example.org'],
  })
  @IsArray()
  @ArrayMaxSize(200)
  @Matches(hostPattern, {
    each: true,
    message: 'hosts must look like shop.example.com or *.example.com, in lower case',
  })
  hosts: string[] = [];

  @ApiPropertyOptional({
    description: 'Days that pixels and links made from now on are good.',
    default: 400,
    example: 400,
  })
  @IsInt()
  @Min(1)
  @Max(3_650)
  days: number = 400;

  @ApiPropertyOptional({
    description: 'Keep IP address and user agent with what was collected. Without it neither is stored.',
    default: false,
  })
  @IsBoolean()
  keepVisitors: boolean = false;
}

export class TrackingSettingsDto extends PutTrackingSettingsDto implements TrackingSettingsView {
  @ApiProperty({ description: 'Raised by every change: what `If-Match` names. 0: the defaults.', example: 3 })
  revision!: number;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Absent: the defaults.',
    example: '2026-03-01T09:00:00.000Z',
  })
  updatedAt?: string;

  @ApiProperty({ description: 'What pixels and links start with.', example: 'https://links.example.com' })
  address!: string;
}
