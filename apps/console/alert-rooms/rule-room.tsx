import { useState } from 'react';
import { useFollowed, useGrowingList, type AlertRule, type Channel } from '../api/index.ts';
import { Deeds, Facts, Room, type Fact } from '../rooms/index.ts';
import { go, goBack, RouteLink } from '../routing/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { Button, useAnnounced } from '../ui/index.ts';
import { RuleBadge } from './badges.tsx';
import { removingRule, switching, testing } from './deeds.ts';
import { RuleAlerts } from './rule-alerts.tsx';
import { TestOutcomes, type Tested } from './test-outcomes.tsx';
import { useAlerts } from './use-alerts.ts';
import { channelOf, firedText, ruleState, watchedText } from './words.ts';

/** Milliseconds between two looks. */
const every = 5_000;

/** One rule: what it watches, whom it tells, and what it has told. */
export function RuleRoom({ rule: named }: { rule: string }) {
  const { holder } = useSignedIn();
  const path = `api/alerts/rules/${encodeURIComponent(named)}`;
  const { found: rule, problem, again } = useFollowed<AlertRule>(path, { every });
  const channels = useGrowingList<Channel>('api/alerts/channels');
  const alerts = useAlerts();
  const [tested, setTested] = useState<readonly Tested[]>([]);
  const state = rule && alerts.known ? ruleState(rule, alerts.open) : undefined;
  const name = rule?.name ?? named;
  useAnnounced(state && `${name}: ${state}.`);
  const to = rule?.to.flatMap((ref) => channelOf(channels.found, ref) ?? []) ?? [];
  return (
    <Room
      house="alerts"
      way={[['Alerts', { room: 'alerts' }]]}
      title={name}
      badge={state && <RuleBadge state={state} />}
      opening={!rule}
      problem={problem ?? channels.problem}
      onAgain={() => [again, channels.again].forEach((read) => read())}
    >
      {rule && (
        <>
          {mayOperate(holder) && (
            <Deeds
              deeds={[...(to.length > 0 ? [testing(to)] : []), switching(rule)]}
              onDone={(outcomes) => {
                setTested(outcomes);
                again();
              }}
            >
              <Button icon="sliders" onClick={() => go({ room: 'alertRuleSettings', rule: named })}>
                Settings
              </Button>
            </Deeds>
          )}
          <TestOutcomes tested={tested} />
          <Facts facts={factsOf(rule, to)} />
          <RuleAlerts
            alerts={alerts.open.filter((alert) => alert.rule.id === rule.id)}
            fired={alerts.known ? firedText(rule, alerts.open) : ''}
            onChanged={alerts.again}
          />
          {mayOperate(holder) && (
            <Deeds deeds={[removingRule(rule)]} label="Removal" onDone={() => goBack({ room: 'alerts' })} />
          )}
        </>
      )}
    </Room>
  );
}

function factsOf(rule: AlertRule, to: readonly Channel[]): Fact[] {
  return [
    ['Watches', watchedText(rule)],
    [
      'Tells',
      to.map(({ id, slug, name }, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <RouteLink to={{ room: 'channel', channel: slug }}>{name}</RouteLink>
        </span>
      )),
    ],
    ['Waits for more of it', rule.wait ?? '30s'],
    ['Reminds', rule.repeat ? `every ${rule.repeat}` : 'never'],
    ['Slug', rule.slug],
  ];
}
