#!/usr/bin/env node
import '../../../tools/typescript/register.mjs';

await import('../main.ts');
