import { useState } from 'react';
import { useAct, useFollowed, type AlertRule } from '../api/index.ts';
import type { FilledForm } from '../drafts/index.ts';
import { Room } from '../rooms/index.ts';
import { go, RouteLink } from '../routing/index.ts';
import { useAnnounce, useTitle } from '../ui/index.ts';
import { OperatorsOnly } from './operators-only.tsx';
import { bodyOf, draftOf, type RuleDraft } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';

const once = { every: 1_000, isOver: () => true };

/** Where a rule is changed. */
export function RuleSettings({ rule: named }: { rule: string }) {
  const path = `api/alerts/rules/${encodeURIComponent(named)}`;
  const { found: rule, problem, again } = useFollowed<AlertRule>(path, once);
  const [taken, setTaken] = useState(0); // theirs, so many times
  const name = rule?.name ?? named;
  useTitle(`Settings · ${name}`);
  return (
    <Room
      house="alerts"
      way={
        <>
          <RouteLink to={{ room: 'alerts' }}>Alerts</RouteLink> /{' '}
          <RouteLink to={{ room: 'alertRule', rule: named }}>{name}</RouteLink>
        </>
      }
      title="Settings"
      opening={!rule}
      problem={problem}
      onAgain={again}
    >
      {rule && (
        <OperatorsOnly>
          <Opened
            key={`${rule.revision} ${taken}`}
            rule={rule}
            onAnew={() => {
              setTaken(taken + 1);
              again();
            }}
          />
        </OperatorsOnly>
      )}
    </Room>
  );
}

function Opened({ rule, onAnew }: { rule: AlertRule; onAnew: () => void }) {
  const { id, slug } = rule;
  const path = `api/alerts/rules/${id}`;
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [blank] = useState(() => draftOf(rule));
  const back = () => go({ room: 'alertRule', rule: slug });
  const save = async (filled: FilledForm<RuleDraft>, draft: RuleDraft) => {
    const headers = { 'if-match': `"${draft.revision}"` };
    const saved = await act('save', async (api) => {
      const { enabled } = await api.get<AlertRule>(path); // which the form does not have: it stays as it is now
      return api.put<AlertRule>(path, { body: bodyOf(draft, enabled), headers });
    });
    if (!saved) return;
    filled.begin(draft);
    announce('The rule is saved.');
    back();
  };
  return (
    <RuleForm
      place={`alert-rule/${id}`}
      blank={blank}
      problem={problem}
      busy={doing !== undefined}
      onSave={(filled, draft) => void save(filled, draft)}
      onTheirs={onAnew}
      onLeave={back}
    />
  );
}
