/** Under which source what tracked mails tell is in the inbox. */
export const mailSource = 'mails';

/** What people refuse who do not want to be tracked: `tracking` is a purpose like any other. */
export const trackingPermission = { channel: 'email', purpose: 'tracking' } as const;
