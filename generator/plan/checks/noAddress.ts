import type { UnfilledServer } from '../../model/types.ts'
import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'
import { operationIn } from './wording.ts'

/** A service without `url` whose spec has no `servers`, relative ones, or ones with a variable that has no value. */
export const noAddress: Check = {
  of: 'route',
  find: (route) => {
    const { endpoints, source } = route
    if (endpoints.from === 'manifest') return []
    const relative = endpoints.url.filter((url) => !/^[a-z][a-z0-9+.-]*:\/\//i.test(url))
    if (endpoints.url.length > 0 && relative.length === 0) return []
    const { id } = source.manifest
    const servers =
      relative.length === 0
        ? withoutUrl(route.operation.unfilledServer)
        : `has only the relative server \`${relative.join(' ')}\``
    return [
      {
        message: `\`${id}\` has no \`url\`, and ${source.model.file} ${servers}.`,
        origin: keyOf(source.manifest.origin),
        related: [
          {
            origin: endpoints.origin,
            message:
              endpoints.origin === route.operation.origin ? `declares ${operationIn(route)}` : 'names its document',
          },
        ],
        remedy: `Set the address of the service:\n    ${id}:\n      url: \${${id.toUpperCase().replaceAll('-', '_')}_URL}`,
      },
    ]
  },
}

/** Why `servers` have no address. */
function withoutUrl(unfilled: UnfilledServer | null): string {
  if (unfilled === null) return 'has no `servers`'
  const { url, variable, isSecret } = unfilled
  return `has only the server \`${url}\`, whose variable \`{${variable}}\` ${isSecret ? 'is a secret' : 'has no default'}`
}
