/** Finds what is wrong with a template: rules, their findings, and fixes. */
export { applyFix } from './apply-fix.ts';
export type { Edit, Finding, Fix, Severity } from './finding.ts';
export { FindingDto } from './finding.dto.ts';
export { Linter, usualClients, type LintRequest, type LintSettings } from './linter.ts';
export { LintSettingsDto } from './lint-settings.dto.ts';
export { NamesInStore } from './names/index.ts';
export { sampledPeople } from './sampled-people.ts';
export { rules } from './rules/index.ts';
