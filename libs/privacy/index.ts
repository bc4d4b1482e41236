/** People's rights: consents over REST, the preference page and one-click unsubscribe, exports, erasures, restrictions, retention. */
export { PrivacyModule } from './privacy.module.ts';
export { RequestWorker, Requests, type NewRequest, type RequestView } from './requests/index.ts';
export { UnsubscribeLinks, type LinkSubject, type UnsubscribeLink } from './unsubscribe/index.ts';
export { RetentionSweeper } from './retention/index.ts';
