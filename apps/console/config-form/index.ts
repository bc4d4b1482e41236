/** The form of what has a name and a configuration by a JSON Schema, with secrets: a connection, a channel of alerts. */
export { ConfigForm } from './config-form.tsx';
export type { ConfigDraft } from './config-draft.ts';
export { useConfigForm } from './use-config-form.ts';
