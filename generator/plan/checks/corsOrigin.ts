import { isOrigin } from '../../../templates/runtime/words/origins.ts'
import { parseUrl } from '../../../templates/runtime/words/urls.ts'
import { literalsOf } from '../draft/envTexts.ts'
import type { Check } from './check.ts'

/** A text that no browser sends as `Origin`. Origins are compared exactly, so it would match none, and the gateway would not start. */
export const corsOrigin: Check = {
  of: 'client',
  find: ({ manifest }) =>
    literalsOf(manifest.cors?.origins ?? [])
      .filter(({ value }) => !isOrigin(value))
      .map(({ value, setting }) => ({
        message:
          value === '*'
            ? '`*` is not an origin: a gateway answers the origins that are named.'
            : `\`${value}\` is not an origin.`,
        origin: setting.origin,
        remedy:
          value === '*'
            ? 'Name each origin, or take them from the environment: `${WEB_ORIGINS}`.'
            : (originIn(value) ??
              'An origin has a scheme, a host and optionally a port, in lower case and without a path: `https://shop.example`.'),
      })),
}

/** The origin of an address. */
function originIn(address: string): string | null {
  const origin = parseUrl(address.toLowerCase())?.origin
  return origin !== undefined && isOrigin(origin) ? `Write \`${origin}\`.` : null
}
