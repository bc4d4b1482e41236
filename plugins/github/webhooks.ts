import { githubSignature, objectOf, rowIn, textIn, type Delivery, type Webhooks } from '@millrace/sdk';
import type { GithubConfig } from './config.ts';
import { registration } from './registration.ts';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads */
export const webhooks: Webhooks<GithubConfig> = {
  verify: githubSignature(({ signingSecrets }) => signingSecrets),
  id: ({ headers }) => headers['x-github-delivery'],
  parse(delivery) {
    const event = delivery.headers['x-github-event'];
    if (event === 'ping') return []; // says only that the webhook was made
    const payload = objectOf(jsonBody(delivery));
    const action = textIn(payload, 'action');
    const sender = rowIn(payload, 'sender');
    return [
      {
        stream: 'events',
        record: {
          id: delivery.headers['x-github-delivery'],
          name: action === undefined ? event : `${event}.${action}`,
          at: delivery.receivedAt.toISOString(), // GitHub tells no time that all events have
          sender: textIn(sender, 'login'),
          repository: textIn(rowIn(payload, 'repository'), 'full_name'),
          payload,
        },
      },
    ];
  },
  registration,
};

/** A webhook that was made with the other content type sends the JSON in a form. */
function jsonBody(delivery: Delivery): Pick<Delivery, 'body'> {
  if (!delivery.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return delivery;
  return { body: Buffer.from(new URLSearchParams(delivery.body.toString()).get('payload') ?? '') };
}
