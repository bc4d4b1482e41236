import type { InternalAxiosRequestConfig } from 'axios';

/** Whether a request may change something by its second coming (RFC 9110, 9.2.2). */
export function changesSomething({ method = 'get' }: Pick<InternalAxiosRequestConfig, 'method'>): boolean {
  return ['post', 'patch'].includes(method.toLowerCase());
}
