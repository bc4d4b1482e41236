import { MillraceError } from '@millrace/sdk';
import type { Settings } from './settings.ts';

/** Throws `unsafe_deployment` when keys and people's data would cross a network in clear. */
export function checkDeployment(settings: Settings): void {
  checkMetrics(settings);
  if (settings.processes.every((process) => process === 'worker')) return;
  if (isLocal(settings.host) || settings.allowPlainHttp || settings.tlsCert !== undefined) return;
  throw new MillraceError(
    'unsafe_deployment',
    `MILLRACE_HOST=${settings.host} would serve keys and personal data without TLS. Set MILLRACE_TLS_CERT and MILLRACE_TLS_KEY, ` +
      'or, behind a proxy that speaks TLS, set MILLRACE_ALLOW_PLAIN_HTTP=true.',
  );
}

function checkMetrics({ metricsPort, metricsToken, host }: Settings): void {
  if (metricsPort === undefined || metricsToken !== undefined || isLocal(host)) return;
  throw new MillraceError(
    'unsafe_deployment',
    `MILLRACE_METRICS_PORT would show the metrics to everybody who reaches ${host}. Set MILLRACE_METRICS_TOKEN, or listen on localhost.`,
  );
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
