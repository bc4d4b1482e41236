import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { ApiErrors, ReadsOnly, RequireRole } from '#access';
import { differencesOf, type PreviewDifferences, type PreviewInput } from './differences.ts';
import { PreviewStore } from './preview-store.ts';

const idPattern = /^prv_[0-9A-Z]{26}$/;
const idMessage = 'must be the `id` of a preview';

export class ComparePreviewsDto {
  @ApiProperty({ description: 'The `id` of a preview.', example: 'prv_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  @Matches(idPattern, { message: idMessage })
  a!: string;

  @ApiProperty({ example: 'prv_01JD3V8Z5T9W4R6X1Y0KBC7Q2M' })
  @Matches(idPattern, { message: idMessage })
  b!: string;
}

export class PreviewDifferencesDto implements PreviewDifferences {
  @ApiProperty({ description: 'The mails are the same, to the last letter.', example: false }) same!: boolean;

  @ApiProperty({
    type: [String],
    description: 'The inputs that differ: template, block:<slug>, profile, clock, locale, strings, feed:<slug>.',
    example: ['block:footer', 'clock'],
  })
  changed!: PreviewInput[];

  @ApiProperty({
    type: Object,
    description:
      'By part (subject, preheader, fromName, text, html), only of what differs: pieces that are in both, in a or in b.',
    example: {
      text: [
        { in: 'both', text: 'Hi ' },
        { in: 'a', text: 'Ann' },
        { in: 'b', text: 'Bob' },
      ],
    },
  })
  differences!: PreviewDifferences['differences'];
}

@ApiTags('templates')
@RequireRole('marketer')
@Controller('api/previews')
export class ComparePreviewsController {
  constructor(private readonly store: PreviewStore) {}

  @Post('compare')
  @ReadsOnly()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'What differs between two previews, and which inputs changed' })
  @ApiOkResponse({ type: PreviewDifferencesDto })
  @ApiErrors('bad_request', 'not_found')
  async compare(@Body() { a, b }: ComparePreviewsDto): Promise<PreviewDifferences> {
    const [first, second] = await Promise.all([this.store.find(a), this.store.find(b)]);
    return differencesOf(first, second);
  }
}
