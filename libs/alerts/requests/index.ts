export { mostCounted, type DueRequest, type DueRequests, type DueTime } from './due-requests.ts';
export { WatchedRequests, type RequestSurvey } from './watched-requests.ts';
