import { type EnvVariable, envReference } from '../../templates/runtime/words/envText.ts'
import { decodePercent } from '../../templates/runtime/words/percent.ts'
import { parseUrl } from '../../templates/runtime/words/urls.ts'

/** A variable of the environment that a URL refers to. */
export interface NamedValue extends EnvVariable {
  /** Not empty. */
  readonly value: string
  /** Whether it is part of the host. */
  readonly inHost: boolean
}

/**
 * Returns a function that puts references to variables in the place of their values in a URL. `null`: the URL still contains a value, in
 * another spelling. A value is found as it is, as `URL` writes it in a host, a path and a query, and as forms and `encodeURIComponent`
 * write it.
 */
export function createNaming(values: readonly NamedValue[]): (url: string) => string | null {
  const references = new Map<string, string>([['${', '$${']])
  for (const one of values) {
    for (const form of formsOf(one)) references.set(form, envReference(one.name, one.fallback))
  }
  const forms = [...references.keys()].sort((a, b) => b.length - a.length)
  const known = new RegExp(forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g')
  return (url) => {
    const rest = url.split(known).map((part) => decodePercent(part) ?? part)
    const isLeft = values.some(({ value }) => {
      const plain = decodePercent(value) ?? value
      return rest.some((part) => part.includes(value) || part.includes(plain))
    })
    return isLeft ? null : url.replace(known, (form) => references.get(form) ?? '')
  }
}

function formsOf({ value, inHost }: NamedValue): readonly string[] {
  const path = value
    .split(/[\\/]/)
    // The `x` keeps `.` and `..`, which `URL` would remove.
    .map((segment) => {
      const { pathname, search } = new URL(`http://host/x${segment}`)
      return pathname.slice(2) + search
    })
    .join('/')
  const query = new URL(`http://host/?${value}`).search.slice(1)
  const form = new URLSearchParams([['', value]]).toString().slice(1)
  const host = inHost ? (parseUrl(`http://${value}`)?.host ?? value.toLowerCase()) : ''
  return [value, path, query, form, encoded(value), host].filter((text) => text !== '')
}

/** A lone surrogate cannot be encoded: the environment has none. */
function encoded(value: string): string {
  try {
    return encodeURIComponent(value)
  } catch {
    return value
  }
}
