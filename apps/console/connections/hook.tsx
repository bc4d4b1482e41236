import { useAct, useFollowed, type Connection, type Hook as HookView } from '../api/index.ts';
import { Facts, type Fact } from '../rooms/index.ts';
import { Button, Notice, timeAgo } from '../ui/index.ts';
import style from './connection-room.module.css';

/** Milliseconds between two looks: the vendor is asked each time. */
const every = 30_000;

/** Where a vendor has to deliver, and whether it does. */
export function Hook({ connection: { id } }: { connection: Connection }) {
  const path = `api/connections/${id}/hook`;
  const { found: hook, problem, again } = useFollowed<HookView>(path, { every });
  const registering = useAct();
  const register = async () => {
    const done = await registering.act('register', (api) => api.post(`${path}/register`));
    if (done) again();
  };
  if (!hook) return problem ? <Notice kind="problem">{problem.message}</Notice> : null;
  const { registration } = hook;
  return (
    <section aria-labelledby="hook">
      <h2 id="hook">Webhooks</h2>
      <p className={style.said}>
        The vendor delivers to <code>{hook.url}</code>
      </p>
      <div className={style.facts}>
        <Facts facts={factsOf(hook)} />
      </div>
      {registration.message !== undefined && <p className={style.said}>{registration.message}</p>}
      {registration.supported && (
        <Button icon="send" busy={registering.doing !== undefined} onClick={() => void register()}>
          {registration.state === 'registered' ? 'Register again' : 'Register at the vendor'}
        </Button>
      )}
      {registering.problem && <Notice kind="problem">{registering.problem.message}</Notice>}
    </section>
  );
}

function factsOf({ lastDelivery, refused, registration }: HookView): Fact[] {
  const facts: Fact[] = [
    ['Last delivery', lastDelivery ? timeAgo(lastDelivery.receivedAt) : 'none yet'],
    ['At the vendor', registration.state],
  ];
  if (refused) facts.push(['Refused', `${refused.count}, last ${timeAgo(refused.lastAt)}`]);
  return facts;
}
