const path = /^\/projects\/([\w-]{1,200})\/settings$/;

/** The write key in a request of the browser library for its settings. */
export function settingsKeyIn(requested: string): string | undefined {
  return path.exec(requested)?.[1];
}

/** What Segment's browser library (`@segment/analytics-next`) asks its CDN host for: it is to send everything to `address`, and to load nothing else. */
export function librarySettings(writeKey: string, address: string): object {
  const { protocol, host, pathname } = new URL(address);
  const enabled = { __default: { enabled: true, integrations: {} } };
  return {
    integrations: {
      'Segment.io': {
        apiKey: writeKey,
        apiHost: `${host}${pathname.replace(/\/$/, '')}/v1`,
        protocol: protocol.replace(':', ''),
        unbundledIntegrations: [],
        addBundledMetadata: false,
        maybeBundledConfigIds: {},
        versionSettings: { version: '4.4.7', componentTypes: ['browser'] },
      },
    },
    plan: { track: enabled, identify: enabled, group: enabled },
    metrics: { sampleRate: 0 },
    edgeFunction: {},
    middlewareSettings: {},
    enabledMiddleware: {},
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  };
}
