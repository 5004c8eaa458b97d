import type { JsonValue } from '../json/index.ts'
import { ARRAY, NULL, OBJECT, SCALAR } from '../schema/index.ts'
import { decodeForm, encodePercent } from './percent.ts'
import type { Pairs } from './query.ts'
import { absent, faulty, type Reading } from './reading.ts'
import type { Typing } from './typing.ts'
import { bracketed, encoderOf } from './writing/query.ts'

/** Maximum brackets in one name. */
const maxBrackets = 8

export interface DeepOptions {
  readonly allowReserved: boolean
  /** Whether an object whose schema declares no members may have any, as in JSON: true in bodies. */
  readonly free: boolean
}

interface Branch {
  /** Name as received, which is added to `used`. */
  readonly name: string
  readonly raws: readonly string[]
  readonly children: Map<string, Branch>
}

/** A value and its pairs; a string: what is wrong; `null`: nothing in the branch is declared. */
type Outcome = { readonly value: JsonValue; readonly wire: readonly string[] } | string | null

/**
 * `deepObject`: `filter[status]=open`, and `items[0][sku]=x` or `expand[]=a` where the schema has arrays and nested objects, as
 * in the APIs of Stripe and many others. Only members that the schema declares are read: a name cannot add structure (rule P11).
 */
export function deepField(name: string, typing: Typing, { allowReserved, free }: DeepOptions) {
  const encode = encoderOf({ allowReserved })

  return (pairs: Pairs, used: Set<string>): Reading => {
    const root = grow(name, pairs)
    const built = root === null ? null : build(root, typing, encodePercent(name), used)
    if (typeof built === 'string') return faulty(built)
    return built === null ? absent : { kind: 'read', value: built.value, wire: built.wire.join('&') }
  }

  function build(branch: Branch, typing: Typing, key: string, used: Set<string>): Outcome {
    const { children, raws } = branch
    if (children.size === 0) return leaf(branch, typing, key, used)
    if (typing.kinds & ARRAY && [...children.keys()].every((index) => /^\d{0,4}$/.test(index))) {
      return raws.length > 0 ? 'must be written in one way' : list(branch, typing, key, used)
    }
    const found = typing.kinds & OBJECT ? members(branch, typing, key, used) : null
    if (raws.length === 0 || typeof found === 'string') return found
    return found === null ? leaf(branch, typing, key, used) : 'must be written in one way'
  }

  function members({ children }: Branch, typing: Typing, key: string, used: Set<string>): Outcome {
    const value: Record<string, JsonValue> = {}
    const wire: string[] = []
    for (const [name, child] of children) {
      const member = free ? typing.field(name) : typing.member(name)
      const built = member === null ? null : build(child, member, bracketed(key, name), used)
      if (typeof built === 'string') return built
      if (built === null) continue
      value[name] = built.value
      wire.push(...built.wire)
    }
    return wire.length > 0 ? { value, wire } : null
  }

  function list({ children }: Branch, typing: Typing, key: string, used: Set<string>): Outcome {
    const unnumbered = children.get('')
    if (unnumbered !== undefined) {
      if (children.size > 1 || unnumbered.children.size > 0) return 'must be written in one way'
      return items(unnumbered, typing, bracketed(key, ''), used)
    }
    const value: JsonValue[] = []
    const wire: string[] = []
    for (const [index, child] of [...children].sort(([a], [b]) => Number(a) - Number(b))) {
      const built = build(child, typing.item(value.length), bracketed(key, index), used)
      if (typeof built === 'string') return built
      if (built === null) continue
      value.push(built.value)
      wire.push(...built.wire)
    }
    return wire.length > 0 ? { value, wire } : null
  }

  function leaf(branch: Branch, typing: Typing, key: string, used: Set<string>): Outcome {
    const [raw = '', second] = branch.raws
    // A list that may also be null is still written item by item.
    const isSingle = (typing.kinds & SCALAR) !== 0 || (typing.kinds & NULL && (raw === '' || raw === 'null'))
    if (typing.kinds & ARRAY && (second !== undefined || !isSingle)) return items(branch, typing, key, used)
    if (second !== undefined) return 'must be given once'
    const text = decodeForm(raw)
    if (text === null) return 'has an invalid percent-encoding'
    used.add(branch.name)
    return { value: typing.scalar(text), wire: [`${key}=${encode(text)}`] }
  }

  function items({ name, raws }: Branch, typing: Typing, key: string, used: Set<string>): Outcome {
    used.add(name)
    const texts = raws.map(decodeForm).filter((text) => text !== null)
    if (texts.length !== raws.length) return 'has an invalid percent-encoding'
    return {
      value: texts.map((text, at) => typing.item(at).scalar(text)),
      wire: texts.map((text) => `${key}=${encode(text)}`),
    }
  }
}

/** The tree of all names that begin with this one; `null` when there is none. */
function grow(name: string, pairs: Pairs): Branch | null {
  const root: Branch = { name, raws: pairs.get(name) ?? [], children: new Map() }
  for (const [full, raws] of pairs) {
    if (!full.startsWith(`${name}[`) || !full.endsWith(']')) continue
    const keys = full.slice(name.length + 1, -1).split('][')
    if (keys.length > maxBrackets || keys.some((key) => /[[\]]/.test(key))) continue
    let branch = root
    for (const [depth, key] of keys.entries()) {
      const known = branch.children.get(key)
      const next: Branch = {
        name: full,
        raws: depth === keys.length - 1 ? raws : (known?.raws ?? []),
        children: known?.children ?? new Map(),
      }
      branch.children.set(key, next)
      branch = next
    }
  }
  return root.raws.length === 0 && root.children.size === 0 ? null : root
}
