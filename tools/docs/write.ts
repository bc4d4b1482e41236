import { writeFileSync } from 'node:fs';
import { mappingsPage, mappingsPath } from './mappings-page.ts';

writeFileSync(mappingsPath, await mappingsPage());
