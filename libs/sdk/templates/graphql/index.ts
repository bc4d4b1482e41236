export { askGraphql, type GraphqlRequest } from './ask-graphql.ts';
export { errorsByRecord, graphqlErrors, type GraphqlError } from './graphql-errors.ts';
export { graphqlFault } from './graphql-fault.ts';
export { waitOut } from './wait-out.ts';
