import { writeFileSync } from 'node:fs';
import { settingsMarkdown } from './settings-markdown.ts';

/** Brings docs/settings.md up to date. */
writeFileSync(new URL('../../../docs/settings.md', import.meta.url), settingsMarkdown());
