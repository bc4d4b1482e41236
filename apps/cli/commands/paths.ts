export const syncPath = (sync: string): string => `/api/syncs/${encodeURIComponent(sync)}`;

export const runPath = (run: string): string => `/api/runs/${encodeURIComponent(run)}`;
