import type { Settings } from './settings.ts';

/** What would let keys and people's data cross a network in clear. */
export function dangersOf(settings: Settings): string[] {
  return [...dangersOfMetrics(settings), ...dangersOfPlainHttp(settings)];
}

function dangersOfPlainHttp({ processes, host, allowPlainHttp, tlsCert }: Settings): string[] {
  if (processes.every((process) => process === 'worker')) return [];
  if (isLocal(host) || allowPlainHttp || tlsCert !== undefined) return [];
  return [
    `MILLRACE_HOST=${host} would serve keys and personal data without TLS. Set MILLRACE_TLS_CERT and MILLRACE_TLS_KEY, ` +
      'or, behind a proxy that speaks TLS, set MILLRACE_ALLOW_PLAIN_HTTP=true.',
  ];
}

function dangersOfMetrics({ metricsPort, metricsToken, host }: Settings): string[] {
  if (metricsPort === undefined || metricsToken !== undefined || isLocal(host)) return [];
  return [
    `MILLRACE_METRICS_PORT would show the metrics to everybody who reaches ${host}. Set MILLRACE_METRICS_TOKEN, or listen on localhost.`,
  ];
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
