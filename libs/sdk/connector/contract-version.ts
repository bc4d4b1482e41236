/** Version of the connector contract (this package's). A connector's `contract` range is held against it. */
export const contractVersion = '0.1.0';
