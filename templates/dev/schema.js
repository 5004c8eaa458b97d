import { h } from './dom.js'

const nameOf = (ref) => decodeURIComponent(ref.split('/').at(-1)).replaceAll('~1', '/').replaceAll('~0', '~')

function resolve(schema, document) {
  let found = schema
  for (let steps = 0; typeof found?.$ref === 'string' && steps < 20; steps++) {
    found = found.$ref
      .split('/')
      .slice(1)
      .reduce((inner, name) => inner?.[nameOf(name)], document)
  }
  return found ?? true
}

/** A schema in a few words: `string (date-time)`, `list of Order`. */
export function typeText(schema, document) {
  if (schema === undefined || schema === true) return 'anything'
  if (schema === false) return 'nothing'
  if (typeof schema.$ref === 'string') return nameOf(schema.$ref)
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if ('const' in schema) return JSON.stringify(schema.const)
  const choice = schema.oneOf ?? schema.anyOf
  if (Array.isArray(choice)) return choice.map((one) => typeText(one, document)).join(' | ')
  if (Array.isArray(schema.allOf)) return schema.allOf.map((one) => typeText(one, document)).join(' & ')
  const type = Array.isArray(schema.type)
    ? schema.type.join(' | ')
    : (schema.type ?? (schema.properties ? 'object' : 'anything'))
  if (type === 'array' || schema.items !== undefined) return `list of ${typeText(schema.items, document)}`
  return `${type}${limits(schema)}`
}

function limits({ format, pattern, minimum, maximum, minLength, maxLength }) {
  const parts = [
    format,
    pattern,
    minimum === undefined && maximum === undefined ? null : `${minimum ?? ''}..${maximum ?? ''}`,
    minLength === undefined && maxLength === undefined ? null : `${minLength ?? 0}..${maxLength ?? ''} characters`,
  ].filter((part) => part !== undefined && part !== null)
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}

/** The members of a schema. Those of inner schemas are made when they are opened, because schemas can refer to themselves. */
export function schemaView(schema, document) {
  const found = resolve(schema, document)
  const inner = innerOf(found, document)
  if (inner.length === 0) return h('p', { class: 'schema' }, h('code', {}, typeText(schema, document)))
  return h(
    'div',
    { class: 'schema' },
    h('p', {}, h('code', {}, typeText(schema, document))),
    inner.map(([title, members]) => [
      title === null ? null : h('p', { class: 'dim' }, title),
      memberList(members, document),
    ]),
  )
}

/** Lists of members, each with a title where there are alternatives. */
function innerOf(schema, document) {
  if (typeof schema !== 'object') return []
  if (schema.items !== undefined) return innerOf(resolve(schema.items, document), document)
  const choice = schema.oneOf ?? schema.anyOf
  const own = membersOf(schema, document)
  const alternatives = Array.isArray(choice)
    ? choice.flatMap((one) =>
        innerOf(resolve(one, document), document).map(([, members]) => [typeText(one, document), members]),
      )
    : []
  return [...(own.length === 0 ? [] : [[null, own]]), ...alternatives]
}

function membersOf(schema, document) {
  const inherited = (schema.allOf ?? []).flatMap((part) => {
    const found = resolve(part, document)
    return typeof found === 'object' ? membersOf(found, document) : []
  })
  const required = new Set(schema.required ?? [])
  const own = Object.entries(schema.properties ?? {}).map(([name, member]) => ({
    name,
    member,
    required: required.has(name),
  }))
  return [...inherited, ...own]
}

function memberList(members, document) {
  return h(
    'ul',
    { class: 'members' },
    members.map((one) => h('li', {}, memberView(one, document))),
  )
}

function memberView({ name, member, required }, document) {
  const found = resolve(member, document)
  const head = [
    h('code', { class: 'name' }, name),
    required ? null : h('span', { class: 'dim' }, '?'),
    ' ',
    h('span', { class: 'type' }, typeText(member, document)),
    ' ',
    h('span', { class: 'dim' }, found?.description ?? ''),
  ]
  if (innerOf(found, document).length === 0) return h('div', {}, head)
  const details = h('details', {}, h('summary', {}, head))
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(schemaView(member, document))
  })
  return details
}
