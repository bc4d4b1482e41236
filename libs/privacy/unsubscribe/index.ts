export { LinkErrors } from './link-errors.ts';
export { LinkRequests } from './link-requests.ts';
export { PreferencesController } from './preferences.controller.ts';
export { Preferences } from './preferences.ts';
export { UnsubscribeLinkController } from './unsubscribe-link.controller.ts';
export { UnsubscribeLinks, type LinkSubject, type UnsubscribeLink } from './unsubscribe-links.ts';
