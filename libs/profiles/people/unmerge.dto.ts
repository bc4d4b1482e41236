import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import type { MergeRef } from '../merging/index.ts';
import { ProfileDto } from './profile.dto.ts';
import type { UnmergedView } from './views.ts';

const mergeId = 'mrg_01JD3V7Q2M8Z5T9W4R6X1Y0KBC';

export class UnmergeDto implements MergeRef {
  @ApiPropertyOptional({ description: 'Id of the merge.', example: mergeId })
  @IsOptional()
  @Matches(/^mrg_[0-9A-Z]{26}$/, { message: 'merge must be the id of a merge' })
  merge?: string;

  @ApiPropertyOptional({
    description: 'Instead: the id of the profile that ended with the merge.',
    example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBD',
  })
  @IsOptional()
  @Matches(/^p_[0-9A-Z]{26}$/, { message: 'absorbed must be the id of a profile' })
  absorbed?: string;
}

export class UnmergedDto implements UnmergedView {
  @ApiProperty({ example: mergeId }) merge!: string;
  @ApiProperty({ description: 'The person who went on.', type: ProfileDto }) kept!: ProfileDto;
  @ApiProperty({ description: 'The person who is there again.', type: ProfileDto }) restored!: ProfileDto;
}
