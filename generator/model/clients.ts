import { child, children, placed, placedTexts, readSettings, resolve, type Section, text } from '../settings/index.ts'
import type { ClientManifest, ExposeEntry, NamedRule } from './types.ts'

export function clientManifest(id: string, part: Section, rules: readonly NamedRule[]): ClientManifest {
  const cors = child(part, 'cors')
  const settings = readSettings('client', part)
  const resolved = resolve('client', { client: settings })
  return {
    id,
    title: text(part, 'title'),
    audience: resolved.audience.value,
    authenticate: placedTexts(part, 'authenticate'),
    cors:
      cors === null
        ? null
        : {
            origins: resolved['cors.origins'].value,
            credentials: resolved['cors.credentials'].value,
            expose: resolved['cors.expose'].value,
            maxAge: resolved['cors.maxAge'].value,
            origin: cors.origin,
          },
    publicHosts: resolved.publicHosts.value,
    trustedProxies: resolved.trustedProxies.value,
    basePath: resolved.basePath.value,
    stripBasePath: resolved.stripBasePath.value,
    ownPath: resolved.ownPath.value,
    settings,
    expose: exposeEntries(part, rules),
    origin: part.origin,
  }
}

/** The entries of `expose`, in the order written. */
function exposeEntries(client: Section, rules: readonly NamedRule[]): readonly ExposeEntry[] {
  return children(child(client, 'expose')).map(([selector, part]) => {
    const rule = placed(part, 'access', text(part, 'access'))
    const options = readSettings('selector', part)
    const access = rules.find(({ name }) => name === rule?.value)?.access ?? null
    return {
      selector,
      options:
        rule === null || access === null ? options : { ...options, access: { value: access, origin: rule.origin } },
      rule,
      except: placedTexts(part, 'except'),
      origin: part.origin,
    }
  })
}
