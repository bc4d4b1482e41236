/** What the settings of rules and channels have in common. */
export const place = { house: 'alerts', title: 'Alerts', what: 'Rules and channels' } as const;
