import { MillraceError } from '@millrace/sdk';
import type { TriggerDefinition } from '../definition/index.ts';
import { cartAbandonment } from './cart-abandonment.ts';
import type { PresetValues, TriggerPreset } from './preset.ts';

export const presets: readonly TriggerPreset[] = [cartAbandonment];

/**
 * A trigger but for what it does, with its name.
 * @param given values of the preset's fields; defaults stand in for the others. Throws `bad_request`.
 */
export function fillPreset(
  name: string,
  given: Record<string, unknown> = {},
): Omit<TriggerDefinition, 'do'> & { name: string } {
  const preset = presets.find((one) => one.name === name);
  if (!preset)
    throw new MillraceError(
      'bad_request',
      `There is no preset "${name}". GET /api/trigger-presets lists them: ${listed(presets)}.`,
    );
  const { fields, title } = preset;
  for (const [field, value] of Object.entries(given)) {
    if (!fields.some((one) => one.name === field))
      throw new MillraceError('bad_request', `\`with.${field}\` is no field of "${name}": it has ${listed(fields)}.`);
    if (typeof value !== 'string') throw new MillraceError('bad_request', `\`with.${field}\` must be a text.`);
  }
  const defaults = Object.fromEntries(fields.map((field) => [field.name, field.default]));
  return { name: title, ...preset.definition({ ...defaults, ...(given as PresetValues) }) };
}

function listed(named: readonly { name: string }[]): string {
  return named.map(({ name }) => name).join(', ');
}
