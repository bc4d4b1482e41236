export { authorize, type TokenSource } from './authorize.ts';
export { requestToken, type GrantedToken } from './request-token.ts';
export { tokenRequestOf, type TokenRequest } from './token-request.ts';
