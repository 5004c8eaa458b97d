/**
 * Whether an answer has no body, whatever content its document lists: to HEAD, and with a status whose answers end with
 * their fields (RFC 9110 6.4.1). An answer 205 has none either.
 */
export function isBodiless(method: string, status: string): boolean {
  return method === 'HEAD' || status === '204' || status === '205' || status === '304' || status.startsWith('1')
}
