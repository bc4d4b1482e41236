import { ApiProperty, ApiPropertyOptional, getSchemaPath, ApiExtraModels } from '@nestjs/swagger';
import {
  PreflightLimitsDto,
  type ExceededLimit,
  type LimitName,
  type PreflightLimits,
} from '../preflight-limits/index.ts';
import { OutcomeDto } from '../variants/index.ts';
import { exampleKinds, type ExampleKind } from './example.schema.ts';
import type { PreflightState } from './preflight.schema.ts';

const id = 'pfl_01JD3V7Q2M8Z5T9W4R6X1Y0KBC';
const at = '2025-03-01T09:00:00.000Z';
const limitNames: LimitName[] = ['errors', 'blanks', 'fallbacks', 'oversize', 'minimumPeople'];

export class PreflightErrorDto {
  @ApiProperty({ example: 'template_timeout' }) code!: string;
  @ApiProperty({ example: 'The template was stopped after 0.9 s.' }) message!: string;
}

export class PreflightProgressDto {
  @ApiProperty({ description: 'People so far.', example: 42_000 }) looked!: number;
  @ApiProperty({ description: 'People, about.', example: 100_000 }) total!: number;
  @ApiProperty({ description: 'Of 1.', example: 0.42 }) share!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'By the pace so far.', example: 7 })
  secondsLeft!: number | null;
}

export class PreflightCountsDto {
  @ApiProperty({ description: 'People who were looked at.', example: 42_000 }) people!: number;
  @ApiProperty({ description: 'Mails that came into being.', example: 41_990 }) composed!: number;
  @ApiProperty({ description: 'People whose mail cannot be composed.', example: 10 }) withoutMail!: number;
  @ApiProperty({ description: 'Mails that miss a token without a fallback.', example: 120 }) blanks!: number;
  @ApiProperty({ description: 'Mails that show a fallback.', example: 3100 }) fallbacks!: number;
  @ApiProperty({ description: 'Mails over 102 KB of HTML, of those that were measured.', example: 3 })
  oversize!: number;
  @ApiProperty({ description: 'People who would not be sent the mail.', example: 2100 }) notSent!: number;
  @ApiProperty({ description: 'People who would be sent the mail.', example: 39_890 }) sendable!: number;
}

export class ExceededLimitDto implements ExceededLimit {
  @ApiProperty({ enum: limitNames, example: 'blanks' }) limit!: LimitName;
  @ApiProperty({ description: 'A share of 1; of `minimumPeople` a number.', example: 0.01 }) allowed!: number;
  @ApiProperty({ example: 0.024 }) found!: number;
  @ApiProperty({ example: '2.4 % of mails have a blank, 1 % at most are allowed' }) message!: string;
}

@ApiExtraModels(PreflightLimitsDto)
export class PreflightVerdictDto {
  @ApiProperty({
    enum: ['pending', 'passed', 'exceeded'],
    description: '`pending` until it is done.',
    example: 'passed',
  })
  state!: 'pending' | 'passed' | 'exceeded';
  @ApiProperty({ type: [ExceededLimitDto] }) exceeded!: ExceededLimitDto[];
  @ApiProperty({ allOf: [{ $ref: getSchemaPath(PreflightLimitsDto) }] }) limits!: PreflightLimits;
}

export class PreflightSummaryDto {
  @ApiProperty({ example: id }) id!: string;
  @ApiProperty({ enum: ['waiting', 'running', 'done', 'failed', 'cancelled'], example: 'running' })
  state!: PreflightState;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Null: it was not saved.',
    example: 'tpl_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  })
  template!: string | null;
  @ApiProperty({ example: 'Your last order' }) name!: string;
  @ApiProperty({ type: Number, nullable: true, description: 'Null: the draft.', example: 2 }) version!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Of the draft.', example: null }) revision!: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'Null: everybody.', example: 'loyal' })
  audience!: string | null;
  @ApiProperty({ format: 'date-time', description: 'The clock of the mails.', example: at }) asOf!: string;
  @ApiProperty({ format: 'date-time', example: at }) createdAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: null }) endedAt!: string | null;
  @ApiPropertyOptional({ type: PreflightErrorDto, description: 'Why it failed.' }) error?: PreflightErrorDto;
  @ApiProperty({ type: PreflightProgressDto }) progress!: PreflightProgressDto;
  @ApiProperty({ type: PreflightCountsDto }) counts!: PreflightCountsDto;
  @ApiProperty({
    description:
      'The mails showed a mask where those that are sent show a sensitive trait, since the key may not see it: the preflight does not count for exports.',
    example: false,
  })
  masked!: boolean;
  @ApiProperty({ type: PreflightVerdictDto }) gate!: PreflightVerdictDto;
}

export class TallyCountDto {
  @ApiProperty({ example: 'no_consent' }) code!: string;
  @ApiProperty({ example: 2000 }) people!: number;
}

export class VariantCountDto {
  @ApiProperty({ type: String, nullable: true, description: 'Null: the default.', example: 'gold' })
  variant!: string | null;
  @ApiProperty({ example: 2000 }) people!: number;
}

export class BlockCountsDto {
  @ApiProperty({ example: 'offer' }) block!: string;
  @ApiProperty({ type: [VariantCountDto] }) variants!: VariantCountDto[];
}

/** Bytes of HTML; median and p95 to half a percent. */
export class SizesDto {
  @ApiProperty({
    description: 'Mails that were measured: where CSS is inlined for each person, about one in 20.',
    example: 41_990,
  })
  measured!: number;
  @ApiProperty({ type: Number, nullable: true, example: 20_100 }) min!: number | null;
  @ApiProperty({ type: Number, nullable: true, example: 21_400 }) median!: number | null;
  @ApiProperty({ type: Number, nullable: true, example: 24_800 }) p95!: number | null;
  @ApiProperty({ type: Number, nullable: true, example: 39_000 }) max!: number | null;
  @ApiProperty({ description: 'Over 102 KB: Gmail cuts those off.', example: 3 }) oversize!: number;
}

export class PreflightDto extends PreflightSummaryDto {
  @ApiProperty({
    description:
      'The mails were composed with sensitive traits, which your key may not see: what conditions chose, and the other lists and the sizes, would tell them and are left out.',
    example: false,
  })
  withheld!: boolean;
  @ApiProperty({ type: [TallyCountDto], description: 'Why there is no mail, by error code.' }) errors!: TallyCountDto[];
  @ApiProperty({ type: [OutcomeDto], description: 'Tokens that were missing, and whether a fallback showed.' })
  tokens!: OutcomeDto[];
  @ApiProperty({ type: [OutcomeDto], description: 'What conditions chose.' }) outcomes!: OutcomeDto[];
  @ApiProperty({ type: [OutcomeDto], description: 'What conditions might choose, and did for nobody.' })
  never!: OutcomeDto[];
  @ApiProperty({ type: [BlockCountsDto], description: 'Which variants of dynamic blocks were chosen.' })
  blocks!: BlockCountsDto[];
  @ApiProperty({ type: [TallyCountDto], description: 'Mails by what is odd in them.' }) warnings!: TallyCountDto[];
  @ApiProperty({
    type: [TallyCountDto],
    description:
      'Who would not be sent the mail: `no_consent`, `denied`, `restricted`, `erased`, `no_address`, or `skipped` by the template.',
  })
  notSent!: TallyCountDto[];
  @ApiProperty({ type: SizesDto }) sizes!: SizesDto;
}

export class PreflightListDto {
  @ApiProperty({ type: [PreflightSummaryDto] }) data!: PreflightSummaryDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

/** Somebody whose mail shows what was counted. No values of theirs: the preview shows those. */
export class ExampleDto {
  @ApiProperty({ enum: exampleKinds, example: 'blank' }) kind!: ExampleKind;
  @ApiProperty({ description: 'Id of the profile; `identity` of a preview.', example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  profile!: string;
  @ApiProperty({ nullable: true, type: String, description: 'Null: not there any more.', example: 'Ann Lee' })
  person!: string | null;
  @ApiProperty({ type: [OutcomeDto], description: 'The tokens that it is about.' }) tokens!: OutcomeDto[];
  @ApiProperty({ type: [String], description: 'Error, warnings, or the reason.', example: [] }) codes!: string[];
  @ApiPropertyOptional({ description: 'Of an error; values are left out.' }) message?: string;
  @ApiPropertyOptional({ description: 'Of HTML.', example: 120_000 }) bytes?: number;
}

export class ExampleListDto {
  @ApiProperty({ type: [ExampleDto] }) data!: ExampleDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
