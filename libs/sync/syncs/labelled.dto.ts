import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

export class LabelledDto {
  @ApiProperty({ description: 'All syncs with this label.', example: 'shop' })
  @IsString()
  @Length(1, 100)
  label!: string;
}
