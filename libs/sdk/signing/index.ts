export { signedHeaders, signingSecret } from './signed-headers.ts';
