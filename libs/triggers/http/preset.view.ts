import { ApiProperty } from '@nestjs/swagger';
import type { List } from '#platform';
import type { PresetField, TriggerPreset } from '../presets/index.ts';

export class PresetFieldView implements PresetField {
  @ApiProperty({ example: 'wait' }) name!: string;
  @ApiProperty({ example: 'Wait' }) title!: string;
  @ApiProperty({ example: 'So long after the last cart event it fires, unless the person bought.' })
  description!: string;
  @ApiProperty({ enum: ['text', 'duration'], description: '`duration`: 45min, 4h, 2d.', example: 'duration' })
  type!: PresetField['type'];
  @ApiProperty({ example: '4h' }) default!: string;
}

/** A preset as the API shows it. */
export class TriggerPresetView {
  @ApiProperty({ description: 'What `preset` takes.', example: 'cart-abandonment' }) name!: string;
  @ApiProperty({ example: 'Cart abandonment' }) title!: string;
  @ApiProperty({ example: 'Somebody put something into the cart and has not bought within the time.' })
  description!: string;
  @ApiProperty({ type: [PresetFieldView], description: 'What `with` takes.' }) fields!: PresetFieldView[];

  static of({ name, title, description, fields }: TriggerPreset): TriggerPresetView {
    return { name, title, description, fields };
  }
}

export class TriggerPresetListView implements List<TriggerPresetView> {
  @ApiProperty({ type: [TriggerPresetView] }) data!: TriggerPresetView[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
