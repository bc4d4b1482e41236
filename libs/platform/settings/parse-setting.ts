import { resolve } from 'node:path';
import type { SettingType } from './setting-row.ts';
import { settingsTable } from './settings-table.ts';

export type SettingValue = string | number | boolean | string[];

/** The value that a variable's text stands for. What cannot be one stays as it is, for the validation to name. */
export function parseSetting(type: SettingType, text: string): SettingValue {
  switch (type) {
    case 'text':
      return text.trim();
    case 'integer':
      return /^\s*-?\d+\s*$/.test(text) ? Number(text) : text;
    case 'boolean':
      return parseBoolean(text.trim().toLowerCase());
    case 'list':
      return parseList(text);
    case 'path':
      return resolve(text.trim());
    case 'paths':
      return parseList(text).map((folder) => resolve(folder));
  }
}

/** The defaults of every setting that has one. */
export function defaultValues(production: boolean): Record<string, SettingValue> {
  const values: Record<string, SettingValue> = {};
  for (const row of settingsTable) {
    if (row.default) values[row.property] = parseSetting(row.type, row.default(production));
  }
  return { ...values, production };
}

function parseBoolean(text: string): boolean | string {
  if (['true', '1', 'yes', 'on'].includes(text)) return true;
  if (['false', '0', 'no', 'off', ''].includes(text)) return false;
  return text;
}

function parseList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
