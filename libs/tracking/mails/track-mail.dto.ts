import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { TrackedMailDto } from '../links/index.ts';

export class TrackMailDto extends TrackedMailDto {
  @ApiProperty({
    description: 'The HTML as it was composed.',
    example: '<p><a href="https://shop.example.com/sale">Sale</a></p>',
    maxLength: 1_000_000,
  })
  @IsString()
  @Length(1, 1_000_000)
  html!: string;
}

export class TrackedMailHtmlDto {
  @ApiProperty({ description: 'Whether the person may be tracked. If not, the HTML is as it was.', example: true })
  tracked!: boolean;

  @ApiProperty({
    description: 'Links to declared hosts lead over this server, and a pixel is at the end; all else is as it was.',
    example:
      '<p><a href="https://links.example.com/c/8f0c…">Sale</a></p><img src="https://links.example.com/p.gif?t=8f0c…" width="1" height="1" alt="">',
  })
  html!: string;

  @ApiProperty({ description: 'How many links were changed.', example: 1 }) links!: number;
}
