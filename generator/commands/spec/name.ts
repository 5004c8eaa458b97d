import { decodePercent } from '../../../templates/runtime/words/percent.ts'
import { parseUrl } from '../../../templates/runtime/words/urls.ts'
import { identifier } from '../identifiers.ts'

/** Parts of URLs that do not name a service: kinds of documents, folders of code hosts, branches, versions and commits. */
const generic =
  /^(?:apis?|docs?|api-docs|swagger(?:-ui)?|(?:open)?api\d*|openapi-spec|specs?|schema|public|static|raw|blob|tree|refs|heads|tags|contents|files|repos(?:itory|itories)?|projects|releases|download|latest|main|master|develop|trunk|index|www|localhost|v?\d+(?:[._-]\d+)*(?:[._-]?(?:alpha|beta|rc)[._-]?\d*)?|[0-9a-f]{40})$/i

/** The name of a document that has none yet: `orders` for `https://orders.example/v1/openapi.yaml`. */
export function nameFromUrl(text: string): string {
  const url = parseUrl(text.replace(/\$\{[^}]*\}/g, 'api'))
  if (url === null) return 'service'
  const stem = (segment: string): string =>
    segment.replace(/\.(?:ya?ml|json)$/i, '').replace(/[._-](?:openapi|swagger)$/i, '')
  // A code host may have a path in one segment, such as `acme%2Forders`.
  const segments = url.pathname.split('/').flatMap((segment) => (decodePercent(segment) ?? segment).split('/'))
  const nameOf = (part: string): string => (generic.test(part) ? '' : identifier(part, ''))
  const isName = (name: string): boolean => name !== '' && !/^api-\d/.test(name)
  return (
    segments.map((segment) => nameOf(stem(segment))).findLast(isName) ??
    url.hostname.split('.').map(nameOf).find(isName) ??
    'service'
  )
}
