export type SettingType = 'text' | 'integer' | 'boolean' | 'list' | 'path' | 'paths';

export interface SettingRow {
  /** The environment variable. */
  key: string;
  /** Of the class Settings, which validates it. */
  property: string;
  type: SettingType;
  /** What holds when the variable is absent; none means that the setting stays undefined. */
  default?: (production: boolean) => string;
  /** How the documentation words the default, where the text itself does not say it. */
  defaultNote?: string;
  description: string;
  example: string;
  /** Its value is a secret: it may also come from a file, by `<key>_FILE`, and is never shown. */
  secret?: boolean;
}
