import { useState } from 'react';
import { useAct, type AlertRule } from '../api/index.ts';
import { savedText, type FilledForm } from '../drafts/index.ts';
import { SettingsRoom } from '../rooms/index.ts';
import { goBack } from '../routing/index.ts';
import { useAnnounce } from '../ui/index.ts';
import { bodyOf, draftOf, type RuleDraft } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';
import { place } from './place.ts';

/** Where a rule is changed. */
export function RuleSettings({ rule: named }: { rule: string }) {
  const path = `api/alerts/rules/${encodeURIComponent(named)}`;
  return (
    <SettingsRoom<AlertRule>
      {...place}
      stateOf={({ revision }) => revision}
      path={path}
      named={named}
      to={{ room: 'alertRule', rule: named }}
    >
      {(rule, onAnew) => <Opened rule={rule} onAnew={onAnew} />}
    </SettingsRoom>
  );
}

function Opened({ rule, onAnew }: { rule: AlertRule; onAnew: () => void }) {
  const { id, slug } = rule;
  const path = `api/alerts/rules/${id}`;
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [blank] = useState(() => draftOf(rule));
  const back = () => goBack({ room: 'alertRule', rule: slug });
  const save = async (filled: FilledForm<RuleDraft>, draft: RuleDraft) => {
    const headers = { 'if-match': `"${draft.revision}"` };
    const saved = await act('save', async (api) => {
      const { enabled } = await api.get<AlertRule>(path); // which the form does not have: it stays as it is now
      return api.put<AlertRule>(path, { body: bodyOf(draft, enabled), headers });
    });
    if (!saved) return;
    const isAll = filled.settle(draft, { revision: saved.revision });
    announce(savedText('rule', isAll));
    if (isAll) back();
  };
  return (
    <RuleForm
      place={`alert-rule/${id}`}
      blank={blank}
      problem={problem}
      busy={doing !== undefined}
      onSave={(filled, draft) => void save(filled, draft)}
      onTheirs={onAnew}
      path={path}
      onLeave={back}
    />
  );
}
