import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { List } from '#platform';
import {
  buildOf,
  BuildProgressDto,
  measureOf,
  type Build,
  type DefinitionsHead,
  type StoredComputedTrait,
} from '../definitions/index.ts';
import { readMeasure } from '../measures/index.ts';
import { PutComputedTraitDto } from './computed-trait.dto.ts';

/** A computed trait as the API shows it: what PUT takes, and how far it is. */
export class ComputedTraitView extends PutComputedTraitDto implements Build {
  @ApiProperty({ description: 'The slug.', example: 'lifetime-value' }) id!: string;
  @ApiProperty({ example: 'lifetime-value' }) slug!: string;
  @ApiProperty({ description: 'Its name in `computed`.', example: 'lifetimeValue', required: true })
  declare trait: string;
  @ApiProperty({ example: 'the sum of total of orders where (status is not "cancelled")' }) sentence!: string;
  @ApiPropertyOptional({
    description:
      'What a look at a sample of the rows found, where one computed trait is asked for or put: that none has the field, or that values are no numbers.',
    type: [String],
    example: [],
  })
  warnings?: string[];
  @ApiProperty({ description: 'Raised by every change: what `If-Match` names.', example: 1 }) revision!: number;
  @ApiProperty({ description: '`ready`: every profile has it.', enum: ['building', 'ready'], example: 'ready' })
  state!: 'building' | 'ready';
  @ApiPropertyOptional({ type: BuildProgressDto }) progress?: BuildProgressDto;
  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:00:00.000Z' }) updatedAt!: string;

  static of(stored: StoredComputedTrait, head: DefinitionsHead | undefined, warnings?: string[]): ComputedTraitView {
    const { _id, name, description, trait, revision, createdAt, updatedAt } = stored;
    const measure = measureOf(stored);
    return {
      id: _id,
      slug: _id,
      name,
      ...(description !== undefined && { description }),
      trait,
      ...measure,
      sentence: readMeasure(measure).words,
      ...(warnings && { warnings }),
      revision,
      ...buildOf(revision, head),
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  }
}

export class ComputedTraitListView implements List<ComputedTraitView> {
  @ApiProperty({ type: [ComputedTraitView] }) data!: ComputedTraitView[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
