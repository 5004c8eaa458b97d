import type { IncomingMessage } from 'node:http'
import { isCleanPath } from '../words/cleanPath.ts'

/** The path that Express has removed from the target of a request, because another app has mounted the gateway there; `''`: none. */
export function mountOf(req: IncomingMessage & { readonly baseUrl?: string }): string {
  const mount = req.baseUrl ?? ''
  return mount !== '' && isCleanPath(mount) ? mount.replace(/\/$/, '') : ''
}
