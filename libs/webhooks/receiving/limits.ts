/** Bytes of a delivery: what vendors send is far smaller, and what is kept must fit a document of 16 MB however it is escaped. */
export const mostDeliveryBytes = 4_000_000;
/** Messages in one request. */
export const mostMessages = 10_000;
/** How much is taken in at a time. */
export const admitted = { requests: 2_000, bytes: 64_000_000 };
