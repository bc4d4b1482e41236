export { versionFields } from './version-fields.ts';
export { readTime } from './read-time.ts';
export { afterJudgement, compareVersions, judge, touched, type Judgement, type Version } from './version.ts';
