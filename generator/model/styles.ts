import type { ParameterModel } from './types.ts'
import type { ValueForm } from './valueForms.ts'

export type Style = NonNullable<ParameterModel['style']>
type Place = ParameterModel['in']

/** OpenAPI 3.1, Parameter Object, "Style Values". */
const stylesOf: Readonly<Record<Place, readonly Style[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
}

export function stylesFor(place: Place): readonly Style[] {
  return stylesOf[place]
}

export function defaultStyle(place: Place): Style {
  return place === 'query' || place === 'cookie' ? 'form' : 'simple'
}

/** The combination of form and style that OpenAPI does not define, in words that follow "OpenAPI does not define"; or `null`. */
export function undefinedStyle(
  place: Place,
  style: Style,
  explode: boolean,
  forms: ReadonlySet<ValueForm>,
): string | null {
  const some = (...wanted: readonly ValueForm[]): boolean => wanted.some((form) => forms.has(form))
  if (style === 'deepObject') {
    if (some('deep object', 'deep list')) return 'lists or objects inside a `deepObject`'
    if (some('flat list')) return 'a list as a `deepObject`'
    return some('plain') ? 'a plain value as a `deepObject`' : null
  }
  if (some('deep list', 'deep object')) return `lists or objects inside a value of style \`${style}\``
  if (style === 'spaceDelimited' || style === 'pipeDelimited') {
    if (explode) return `\`${style}\` with \`explode\``
    return some('flat list', 'flat object') ? null : `a plain value of style \`${style}\``
  }
  if (place === 'cookie' && explode && some('flat list', 'flat object'))
    return 'a list or an object spread over several cookies'
  return null
}
