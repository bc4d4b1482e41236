import { MillraceError } from '@millrace/sdk';
import { fillPreset } from '../presets/index.ts';
import type { NewTrigger } from '../triggers.ts';
import type { CreateTriggerDto } from './create-trigger.dto.ts';

/** The trigger that a request asks for, what its preset says included. Throws `bad_request`. */
export function requestedTrigger({ preset, with: values, slug = preset, ...given }: CreateTriggerDto): {
  slug: string;
  trigger: NewTrigger;
} {
  if (slug === undefined) throw new MillraceError('bad_request', '`slug` is empty: a trigger needs a name for URLs.');
  if (preset === undefined && values)
    throw new MillraceError(
      'bad_request',
      '`with` fills in a `preset`. Name one: GET /api/trigger-presets lists them.',
    );
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { do: action } = given;
  const { on, ...others } = {
    ...(preset !== undefined && fillPreset(preset, values ?? {})),
    ...said,
  } as Partial<NewTrigger>;
  if (on === undefined)
    throw new MillraceError('bad_request', '`on` is empty: it says what the trigger waits for. Or name a `preset`.');
  return { slug, trigger: { ...others, on, do: action } };
}
