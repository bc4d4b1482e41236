import { useAct, type AlertRule } from '../api/index.ts';
import type { FilledForm } from '../drafts/index.ts';
import { useIdempotencyKey } from '../forms/index.ts';
import { OperatorsOnly, Room } from '../rooms/index.ts';
import { go, goBack } from '../routing/index.ts';
import { useAnnounce } from '../ui/index.ts';
import { place } from './place.ts';
import { bodyOf, newRule, slugIn, type RuleDraft } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';

/** Where a rule is made. */
export function NewRule() {
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const keyFor = useIdempotencyKey();
  const make = async (filled: FilledForm<RuleDraft>, draft: RuleDraft) => {
    const body = { slug: slugIn(draft), ...bodyOf(draft, true) };
    const headers = { 'idempotency-key': keyFor(body) };
    const made = await act('make', (api) => api.post<AlertRule>('api/alerts/rules', { body, headers }));
    if (!made) return;
    filled.begin(draft);
    announce('The rule is made.');
    go({ room: 'alertRule', rule: made.slug });
  };
  return (
    <Room
      house="alerts"
      way={[['Alerts', { room: 'alerts' }]]}
      title="New alert rule"
      opening={false}
      problem={undefined}
      onAgain={() => undefined}
    >
      <OperatorsOnly what={place.what}>
        <RuleForm
          place="new-alert-rule"
          blank={newRule}
          problem={problem}
          busy={doing !== undefined}
          onSave={(filled, draft) => void make(filled, draft)}
          onLeave={() => goBack({ room: 'alerts' })}
        />
      </OperatorsOnly>
    </Room>
  );
}
