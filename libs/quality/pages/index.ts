/** Reports as pages for browsers. */
export { ReportErrors } from './report-errors.ts';
export { count, day, percent, reportHeaders, reportPage, tiles } from './report-page.ts';
export { PageLinks } from './page-links.ts';
