import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateBy } from 'class-validator';
import { mailParts } from '../compose/index.ts';
import { refPattern } from '../templates/index.ts';
import { vendors, type Vendor } from '../translate/index.ts';
import type { Translation, TranslationRequest, UntranslatedTag } from './translations.ts';

const mostFields = 200;
const fieldPattern = /^[A-Za-z_$][\w.:|$ '{}-]{0,99}$/;

/** Names only: a field must not end the tag that it is put into. */
function areFields(given: unknown): boolean {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
  const entries = Object.entries(given);
  return (
    entries.length <= mostFields &&
    entries.every(
      ([path, field]) =>
        path.length <= 200 && typeof field === 'string' && fieldPattern.test(field) && !/\}\}|\|\*/.test(field),
    )
  );
}

export class TranslationRequestDto implements TranslationRequest {
  @ApiProperty({ enum: vendors, example: 'mailchimp' })
  @IsIn(vendors)
  vendor!: Vendor;

  @ApiPropertyOptional({
    type: Object,
    description: `What the vendor calls what templates name: for Mailchimp merge tags, for Klaviyo and Braze expressions (\`person.city\`, \`custom_attribute.\${city}\`). At most ${mostFields}.`,
    example: { city: 'CITY', 'lastOrder.total': 'LASTTOTAL' },
  })
  @IsOptional()
  @ValidateBy({
    name: 'areFields',
    validator: {
      validate: areFields,
      defaultMessage: () => 'fields must map names of templates to fields of the vendor',
    },
  })
  fields?: Record<string, string>;

  @ApiPropertyOptional({ description: 'Id or slug of a template.', example: 'last-order' })
  @IsOptional()
  @Matches(refPattern, { message: 'must be the id or the slug of a template' })
  template?: string;

  @ApiPropertyOptional({ description: 'A published version. Default: the draft.', example: 2 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  version?: number;

  @ApiPropertyOptional({ description: 'Instead of `template`.', example: 'Hi {{firstName}}' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  subject?: string;

  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(2000) preheader?: string;

  @ApiPropertyOptional({ description: 'Instead of `template`.', example: '{{#if lastOrder}}<p>Thank you</p>{{/if}}' })
  @IsOptional()
  @IsString()
  source?: string;

  @ApiPropertyOptional({ enum: ['html', 'mjml'], default: 'html' })
  @IsOptional()
  @IsIn(['html', 'mjml'])
  format?: 'html' | 'mjml';

  @ApiPropertyOptional() @IsOptional() @IsString() text?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(500) fromName?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(500) replyTo?: string;
}

export class TranslatedFieldDto {
  @ApiProperty({ example: 'firstName' }) path!: string;
  @ApiProperty({ example: 'FNAME' }) field!: string;
  @ApiProperty({ description: 'Not told by `fields`: the usual one, or made from the name.', example: true })
  assumed!: boolean;
}

export class UntranslatedTagDto implements UntranslatedTag {
  @ApiProperty({ enum: mailParts, example: 'source' }) part!: UntranslatedTag['part'];
  @ApiPropertyOptional({ example: 'footer' }) block?: string;
  @ApiPropertyOptional({ description: 'As it was written; counts from 1.', example: 7 }) line?: number;
  @ApiPropertyOptional({ example: 3 }) column?: number;
  @ApiProperty({ example: '{{#each lastOrder.lines}}' }) written!: string;
  @ApiProperty({ example: 'Mailchimp does not go through lists' }) reason!: string;
}

export class TranslationDto implements Translation {
  @ApiProperty({ enum: vendors, example: 'mailchimp' }) vendor!: Vendor;

  @ApiProperty({ enum: [false], description: 'Nobody has compared what the vendor makes of it.', example: false })
  proven!: false;

  @ApiProperty({
    type: Object,
    description: 'In the vendor’s words; blocks are put in, MJML is compiled, CSS is inlined.',
    example: { subject: 'Hi *|FNAME|*', html: '<p>Hi *|FNAME|*</p>' },
  })
  mail!: Translation['mail'];

  @ApiProperty({ type: [TranslatedFieldDto] }) fields!: TranslatedFieldDto[];

  @ApiProperty({
    type: [UntranslatedTagDto],
    description: 'What the vendor has no words for: in the mail it stands in ⟦ ⟧.',
  })
  untranslated!: UntranslatedTagDto[];

  @ApiProperty({ type: [String], example: ['Mailchimp does not escape values for HTML.'] }) lost!: string[];
}
