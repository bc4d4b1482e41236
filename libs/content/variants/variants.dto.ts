import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { mailParts } from '../compose/index.ts';
import { StudiedPeopleDto, StudyDto } from '../studies/index.ts';
import { GivenTemplateDto } from '../templates/index.ts';
import type { OutcomeView } from './outcome-view.ts';
import type { Variant, VariantGrid } from './variants.ts';

export class VariantsRequestDto extends IntersectionType(GivenTemplateDto, StudiedPeopleDto) {}

export class OutcomeDto implements OutcomeView {
  @ApiProperty({ nullable: true, enum: mailParts, example: 'source' })
  part!: OutcomeView['part'];
  @ApiPropertyOptional({ description: 'The block that it stands in.', example: 'footer' }) block?: string;
  @ApiProperty({ nullable: true, type: Number, example: 3 }) line!: number | null;
  @ApiProperty({ nullable: true, type: Number, example: 1 }) column!: number | null;
  @ApiProperty({ description: 'The tag of the condition, or the token.', example: '{{#if lastOrder}}' })
  written!: string;
  @ApiProperty({
    enum: ['then', 'else', 'nothing', 'missing', 'fallback', 'failed'],
    description: 'What the condition chose; whether the token was missing; or that there is no mail.',
    example: 'then',
  })
  what!: OutcomeView['what'];
  @ApiProperty({ description: 'People whose mails have it.', example: 812 }) people!: number;
}

export class VariantDto implements Variant {
  @ApiProperty({ description: 'Id of the profile; `identity` of a preview.', example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  profile!: string;
  @ApiProperty({ nullable: true, type: String, description: 'Null: not there any more.', example: 'Ann Lee' }) person!:
    string | null;
  @ApiProperty({ type: [Number], description: 'Positions in `outcomes`.', example: [0, 2] }) outcomes!: number[];
  @ApiProperty({ description: 'People whose mails have just these outcomes.', example: 640 }) alike!: number;
  @ApiProperty({
    description: 'People whose mails are most like this one; all variants’ numbers add up to all people.',
    example: 790,
  })
  standsFor!: number;
}

export class VariantGridDto implements VariantGrid {
  @ApiProperty({ type: [OutcomeDto], description: 'What the mails show.' }) outcomes!: OutcomeDto[];
  @ApiProperty({ type: [OutcomeDto], description: 'What conditions might choose, and did for nobody.' })
  never!: OutcomeDto[];
  @ApiProperty({ type: [VariantDto], description: 'People who together show every outcome.' }) variants!: VariantDto[];
  @ApiProperty({ description: 'How many different mails there are, by outcomes.', example: 14 }) distinct!: number;
}

export class VariantsDto extends StudyDto {
  @ApiProperty({ type: VariantGridDto, nullable: true, description: 'Null until it is done.' })
  grid!: VariantGridDto | null;
}
