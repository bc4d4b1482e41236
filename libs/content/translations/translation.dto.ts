import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional, ValidateBy } from 'class-validator';
import { mailParts } from '../compose/index.ts';
import { GivenTemplateDto } from '../templates/index.ts';
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

/** A saved template, or the parts of an unsaved one; and for whom it is to be put into other words. */
export class TranslationRequestDto
  extends OmitType(GivenTemplateDto, ['channel', 'purpose'])
  implements TranslationRequest
{
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
