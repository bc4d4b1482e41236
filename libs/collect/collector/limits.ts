/** Bytes of one message: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#max-request-size */
export const mostMessageBytes = 32 * 1024;
/** Bytes of a request, after it was unpacked. */
export const mostRequestBytes = 500 * 1024;
export const mostMessages = 2_500;
