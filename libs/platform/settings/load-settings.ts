import { readFileSync } from 'node:fs';
import { MillraceError, messageOf } from '@millrace/sdk';
import { validateSync } from 'class-validator';
import { nearestName } from './nearest-name.ts';
import { parseSetting, type SettingValue } from './parse-setting.ts';
import { dangersOf } from './safe-deployment.ts';
import type { SettingRow } from './setting-row.ts';
import { settingsTable } from './settings-table.ts';
import { Settings } from './settings.ts';

type Environment = Record<string, string | undefined>;

/**
 * The settings of an environment (`process.env`). Throws `invalid_settings` that lists every fault by its variable, and
 * `unsafe_deployment` for a combination that would expose secrets. Unknown `MILLRACE_` variables become `warnings`.
 * A secret may also be given as a file: `MILLRACE_MASTER_KEY_FILE=/run/secrets/key`.
 */
export function loadSettings(env: Environment): Settings {
  const production = env.NODE_ENV === 'production';
  const values: Record<string, SettingValue> = { production };
  const faults: string[] = [];
  for (const row of settingsTable) {
    if (row.property === 'production') continue;
    try {
      const text = textOf(row, env);
      if (text !== undefined) values[row.property] = parseSetting(row.type, text);
    } catch (fault) {
      faults.push(messageOf(fault));
    }
  }
  const settings = new Settings(values);
  faults.push(...faultsOf(settings));
  if (production && settings.masterKey === undefined) {
    faults.push(
      'MILLRACE_MASTER_KEY is missing: production needs one; make it with `openssl rand -base64 32` and keep it safe',
    );
  }
  const dangers = dangersOf(settings);
  settings.warnings = unknownVariables(env); // a mistyped name is often why another one is missing
  if (faults.length > 0) {
    const all = [...faults, ...dangers, ...settings.warnings];
    throw new MillraceError(
      'invalid_settings',
      `The settings are not valid:\n${all.map((fault) => `- ${fault}`).join('\n')}`,
      {
        details: faults,
      },
    );
  }
  if (dangers.length > 0) throw new MillraceError('unsafe_deployment', [...dangers, ...settings.warnings].join('\n'));
  return settings;
}

function textOf(row: SettingRow, env: Environment): string | undefined {
  const text = env[row.key];
  if (text !== undefined && text.trim() !== '') return text;
  const file = row.secret ? env[`${row.key}_FILE`] : undefined;
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new MillraceError('invalid_settings', `${row.key}_FILE: ${messageOf(cause)}`, { cause });
  }
}

function faultsOf(settings: Settings): string[] {
  const faults = validateSync(settings, { stopAtFirstError: true }).flatMap(({ property, constraints }) => {
    const key = settingsTable.find((row) => row.property === property)?.key ?? property;
    return Object.values(constraints ?? {}).map((message) => `${key} ${message.replace(`${property} `, '')}`);
  });
  if ((settings.tlsCert === undefined) !== (settings.tlsKey === undefined)) {
    faults.push('MILLRACE_TLS_CERT and MILLRACE_TLS_KEY belong together: set both or none');
  }
  return faults;
}

function unknownVariables(env: Environment): string[] {
  const known = settingsTable.flatMap((row) => (row.secret ? [row.key, `${row.key}_FILE`] : [row.key]));
  return Object.keys(env)
    .filter((key) => key.startsWith('MILLRACE_') && !known.includes(key))
    .map((key) => {
      const near = nearestName(key, known);
      return `${key} is not a setting${near ? `: did you mean ${near}?` : '; docs/settings.md lists them all'}`;
    });
}
