export { signedHeaders, signingSecret } from './signed-headers.ts';
export { bearerToken } from './bearer-token.ts';
export { githubSignature } from './github-signature.ts';
export { hubspotSignature } from './hubspot-signature.ts';
export type { SecretsOf } from './secrets-of.ts';
export { sendgridSignature } from './sendgrid-signature.ts';
export { shopifySignature } from './shopify-signature.ts';
export { standardWebhooks, verificationSecret } from './standard-webhooks.ts';
export { stripeSignature } from './stripe-signature.ts';
