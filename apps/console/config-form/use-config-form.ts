import { useFilledForm, type FilledForm } from '../drafts/index.ts';
import { withoutSecrets, type Schema } from '../schema-form/index.ts';
import type { ConfigDraft } from './config-draft.ts';

/**
 * A configuration that is filled in: kept in this tab, but for what is secret.
 *
 * @param place names the form in this tab
 */
export function useConfigForm(place: string, blank: ConfigDraft, schema: Schema): FilledForm<ConfigDraft> {
  return useFilledForm(place, blank, {
    kept: (draft) => ({ ...draft, config: withoutSecrets(schema, draft.config) }),
  });
}
