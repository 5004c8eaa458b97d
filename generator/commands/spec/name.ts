import { parseUrl } from '../../../templates/runtime/words/urls.ts'
import { identifier } from '../identifiers.ts'

/** Parts of URLs that do not name a service. */
const generic =
  /^(?:v\d+(?:\.\d+)*|apis?|docs?|api-docs|swagger(?:-ui)?|(?:open)?api\d*|openapi-spec|specs?|schema|public|static|raw|blob|tree|refs|heads|main|master|develop|trunk|index|www|localhost|\d+(?:\.\d+)*)$/

/** The name of a document that has none yet: `orders` for `https://orders.example/v1/openapi.yaml`. */
export function nameFromUrl(text: string): string {
  const url = parseUrl(text.replace(/\$\{[^}]*\}/g, 'api'))
  if (url === null) return 'service'
  const stem = (segment: string): string =>
    segment.replace(/\.(?:ya?ml|json)$/i, '').replace(/[._-](?:openapi|swagger)$/i, '')
  const names = url.pathname.split('/').map((segment) => identifier(stem(segment), ''))
  const hosts = url.hostname.split('.').map((label) => identifier(label, ''))
  const isName = (name: string): boolean => name !== '' && !generic.test(name) && !/^api-\d/.test(name)
  return names.findLast(isName) ?? hosts.find(isName) ?? 'service'
}
