export { boundedId, type Arrival, type Fate } from './arrival.ts';
export { deliver, isToComeAgain, type Delivery } from './deliver.ts';
export { answerHttp, type HttpAnswer } from './http-answer.ts';
export { functionSettings, type FunctionSettings } from './settings.ts';
