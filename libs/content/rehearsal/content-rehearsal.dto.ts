import { ApiProperty, ApiPropertyOptional, IntersectionType, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsObject, IsOptional, Matches, ValidateNested } from 'class-validator';
import { PutBlockDto } from '../blocks/index.ts';
import { slugPattern } from '../slug-param.ts';
import { PutTemplateDto } from '../templates/index.ts';
import type { Refusal } from './content-rehearsal.ts';

const mostOfEach = 1000;

/** What the path and a second call say of a real one. */
class PutAheadDto {
  @ApiProperty({ example: 'last-order' })
  @Matches(slugPattern, { message: 'slug must be lower case letters, digits and hyphens' })
  slug!: string;

  @ApiPropertyOptional({ description: 'It is to be published, too.', default: false, example: true })
  @IsOptional()
  @IsBoolean()
  publish?: boolean;
}

export class RehearsedBlockDto extends IntersectionType(PutBlockDto, PutAheadDto) {}

export class RehearsedTemplateDto extends IntersectionType(OmitType(PutTemplateDto, ['slug']), PutAheadDto) {}

export class RehearseContentDto {
  @ApiPropertyOptional({ description: 'Each after those that it uses.', type: [RehearsedBlockDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostOfEach)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RehearsedBlockDto)
  blocks?: RehearsedBlockDto[];

  @ApiPropertyOptional({ type: [RehearsedTemplateDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostOfEach)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RehearsedTemplateDto)
  templates?: RehearsedTemplateDto[];
}

export class RefusalDto implements Refusal {
  @ApiProperty({ enum: ['block', 'template'], example: 'template' }) kind!: Refusal['kind'];
  @ApiProperty({ example: 'last-order' }) slug!: string;
  @ApiProperty({ example: 'template_invalid' }) code!: string;
  @ApiProperty({ example: 'The block "card" has no parameter "titel". Did you mean "title"?' }) message!: string;
}

export class ContentRehearsalDto {
  @ApiProperty({ description: 'What would be refused; none: all of it would be taken.', type: [RefusalDto] })
  refusals!: RefusalDto[];
}
