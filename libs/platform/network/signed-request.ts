import type { InternalAxiosRequestConfig } from 'axios';

/** Names in presigned addresses: AWS SigV4 and SigV2, Google Cloud Storage's V4. */
const signedAddress = /[?&](x-amz-signature|x-goog-signature|awsaccesskeyid)=/i;
/** `Authorization: AWS4-HMAC-SHA256 …`, `AWS key:signature`, `GOOG4-RSA-SHA256 …`, `Signature keyId=…`. */
const signedAuthorization = /^(aws4-|aws |goog4-|signature )/i;

/** Whether a signature covers headers of the request, by AWS SigV4, RFC 9421 (`Signature-Input`) or their likes: then none is added. */
export function isSigned({ url = '', headers }: Pick<InternalAxiosRequestConfig, 'url' | 'headers'>): boolean {
  const authorization = headers.get('authorization');
  return (
    headers.has('signature-input') ||
    headers.has('x-amz-date') ||
    (typeof authorization === 'string' && signedAuthorization.test(authorization)) ||
    signedAddress.test(url)
  );
}
