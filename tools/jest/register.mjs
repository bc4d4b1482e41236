// Lets Node load specs as they stand.
import * as modules from 'node:module';
import '../typescript/register.mjs';
import * as hooks from './hooks.mjs';

if (modules.registerHooks) modules.registerHooks(hooks);
else modules.register('./hooks.mjs', import.meta.url);
