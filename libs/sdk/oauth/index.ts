export { authorize, type TokenSource } from './authorize.ts';
export type { AuthorizationCode } from './grant.ts';
export { requestToken, type GrantedToken } from './request-token.ts';
export { signInLink, type SignInAttempt } from './sign-in-link.ts';
export { tokenRequestOf, type TokenRequest } from './token-request.ts';
export { vendorText } from './vendor-text.ts';
