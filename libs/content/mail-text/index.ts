/** What is done to the texts of a mail, and what is odd in them. */
export { escapeHtml, hiddenPreheader, insertBehindTag, withPreheader } from './insert.ts';
export { blankGreeting, hasBlankGreeting } from './blank-greeting.ts';
export { typographicQuotesOf } from './typographic-quotes.ts';
export { firstStrayBraces, meansBraces, strayBraces } from './stray-braces.ts';
