import { ApiProperty } from '@nestjs/swagger';

export class BuildProgressDto {
  @ApiProperty({ description: 'Profiles that are done.', example: 12_000 }) done!: number;
  @ApiProperty({ description: 'Profiles that there were when it began.', example: 100_000 }) total!: number;
}
