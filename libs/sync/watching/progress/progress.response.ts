import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Progress } from './progress-of.ts';

class SlicesDone {
  @ApiProperty({ example: 3 }) done!: number;
  @ApiProperty({ example: 8 }) of!: number;
}

export class ProgressResponse implements Progress {
  @ApiProperty({ example: 12500, description: 'Over the last 30 seconds; of a run that has ended, over all its time.' })
  rowsPerSecond!: number;

  @ApiPropertyOptional({ example: 0.42, description: 'From 0 to 1; absent where the source cannot count.' })
  share?: number;

  @ApiPropertyOptional({ example: 95, description: 'Absent where nobody can tell.' })
  secondsLeft?: number;

  @ApiPropertyOptional({ type: SlicesDone }) slices?: SlicesDone;
}
