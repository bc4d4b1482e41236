export { Choices, type MadeIn, type NewChoice } from './choices.ts';
export type { ChoiceView, ConsentStateView, PersonConsents } from './choice-views.ts';
export { choiceView, consentStateView } from './choice-views.ts';
