export { firstPage } from './first-page.ts';
export { askGraphql, type GraphqlRequest } from './graphql/index.ts';
export {
  excerpt,
  httpError,
  httpStatus,
  isRateLimit,
  limitRenewal,
  refusalCode,
  restSource,
  type AnswerFormat,
  type PageSize,
  type Paging,
  type RefusalCode,
  type RestSource,
  type RestStream,
  type TimeFormat,
} from './rest/index.ts';
export {
  sqlSource,
  type ColumnKind,
  type SqlColumn,
  type SqlDialect,
  type SqlSession,
  type SqlSource,
  type SqlTable,
  type SqlText,
} from './sql/index.ts';
