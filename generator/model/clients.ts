import { exposeEntries } from './expose.ts'
import { secondsOf } from './quantities.ts'
import type { ClientManifest } from './types.ts'
import { child, placedTexts, type Section, settings, text, texts, word } from './values.ts'

/** Seconds for which browsers may remember a preflight unless the manifest says otherwise. */
const PREFLIGHT = 600

export function clientManifest(id: string, part: Section): ClientManifest {
  const cors = child(part, 'cors')
  return {
    id,
    title: text(part, 'title'),
    audience: word(part, 'audience') ?? 'internal',
    authenticate: placedTexts(part, 'authenticate'),
    cors:
      cors === null
        ? null
        : {
            origins: settings(cors, 'origins'),
            credentials: cors.value['credentials'] === true,
            expose: texts(cors, 'expose'),
            maxAge: secondsOf(text(cors, 'maxAge')) ?? PREFLIGHT,
            origin: cors.origin,
          },
    publicHosts: part.value['publicHosts'] === undefined ? null : settings(part, 'publicHosts'),
    trustedProxies: settings(part, 'trustedProxies'),
    undeclaredQuery: word(part, 'undeclaredQuery') ?? 'drop',
    expose: exposeEntries(part),
    origin: part.origin,
  }
}
