import { type JsonValue, work } from '../json/index.ts'
import { ARRAY, NULL, OBJECT, SCALAR, segment } from '../schema/index.ts'
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

/** A value and its pairs; what is wrong; `null`: nothing in the branch is declared. */
type Outcome = { readonly value: JsonValue; readonly wire: readonly string[] } | Fault | null

interface Fault {
  readonly detail: string
  readonly pointer: string
}

/**
 * `deepObject`: `filter[status]=open`, and `items[0][sku]=x` or `expand[]=a` where the schema has arrays and nested objects, as
 * in the APIs of Stripe and many others. Only members that the schema declares are read: a name cannot add structure (rule P11).
 * Others are left out, or a fault where the schema refuses undeclared members.
 */
export function deepField(name: string, typing: Typing, { allowReserved, free }: DeepOptions) {
  const encode = encoderOf({ allowReserved })

  return (pairs: Pairs, used: Set<string>): Reading => {
    const start = `${name}[`
    if (typing.closed && [...pairs.keys()].some((full) => full.startsWith(start) && keysOf(name, full) === null)) {
      return faulty('is not written as it should be')
    }
    const root = grow(name, pairs)
    const built = root === null ? null : build(root, typing, encodePercent(name), used)
    if (isFault(built)) return faulty(built.detail, built.pointer)
    return built === null ? absent : { kind: 'read', value: built.value, wire: built.wire.join('&') }
  }

  function build(branch: Branch, typing: Typing, key: string, used: Set<string>): Outcome {
    const { children, raws } = branch
    if (children.size === 0) return leaf(branch, typing, key, used)
    if (typing.kinds & ARRAY && [...children.keys()].every((index) => /^\d{0,4}$/.test(index))) {
      return raws.length > 0 ? fault('must be written in one way') : list(branch, typing, key, used)
    }
    const found = typing.kinds & OBJECT ? members(branch, typing, key, used) : null
    if (raws.length === 0 || isFault(found)) return found
    return found === null ? leaf(branch, typing, key, used) : fault('must be written in one way')
  }

  function members({ children }: Branch, typing: Typing, key: string, used: Set<string>): Outcome {
    const value: Record<string, JsonValue> = {}
    const wire: string[] = []
    for (const [name, child] of children) {
      const member = free ? typing.field(name) : typing.member(name)
      if (member === null && typing.closed) return fault('is not allowed here', `/${segment(name)}`)
      const built = member === null ? null : build(child, member, bracketed(key, name), used)
      if (isFault(built)) return fault(built.detail, `/${segment(name)}${built.pointer}`)
      if (built === null) {
        const isScalar = member !== null && (member.kinds & (OBJECT | ARRAY)) === 0
        if (isScalar && typing.closed) return fault('is not written as it should be', `/${segment(name)}`)
        continue
      }
      value[name] = built.value
      wire.push(...built.wire)
    }
    return wire.length > 0 ? { value, wire } : null
  }

  function list({ children }: Branch, typing: Typing, key: string, used: Set<string>): Outcome {
    const unnumbered = children.get('')
    if (unnumbered !== undefined) {
      if (children.size > 1 || unnumbered.children.size > 0) return fault('must be written in one way')
      return items(unnumbered, typing, bracketed(key, ''), used)
    }
    const value: JsonValue[] = []
    const wire: string[] = []
    for (const [index, child] of [...children].sort(([a], [b]) => Number(a) - Number(b))) {
      const built = build(child, typing.item(value.length), bracketed(key, index), used)
      if (isFault(built)) return fault(built.detail, `/${segment(index)}${built.pointer}`)
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
    if (second !== undefined) return fault('must be given once')
    const text = decodeForm(raw)
    if (text === null) return fault('has an invalid percent-encoding')
    used.add(branch.name)
    return { value: typing.scalar(text), wire: [`${key}=${encode(text)}`] }
  }

  function items({ name, raws }: Branch, typing: Typing, key: string, used: Set<string>): Outcome {
    used.add(name)
    const texts = raws.map(decodeForm).filter((text) => text !== null)
    if (texts.length !== raws.length) return fault('has an invalid percent-encoding')
    return {
      value: texts.map((text, at) => typing.item(at).scalar(text)),
      wire: texts.map((text) => `${key}=${encode(text)}`),
    }
  }
}

function fault(detail: string, pointer = ''): Fault {
  return { detail, pointer }
}

function isFault(outcome: Outcome): outcome is Fault {
  return outcome !== null && 'detail' in outcome
}

/** The tree of all names that begin with this one; `null` when there is none. */
function grow(name: string, pairs: Pairs): Branch | null {
  const root: Branch = { name, raws: pairs.get(name) ?? [], children: new Map() }
  work.spend(pairs.size * 2)
  for (const [full, raws] of pairs) {
    const keys = keysOf(name, full)
    if (keys === null) continue
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

/** The texts in the brackets behind a name: `a`, `b` of `filter[a][b]`; `null` for another name, or one that is not written so. */
function keysOf(name: string, full: string): readonly string[] | null {
  if (!full.startsWith(`${name}[`) || !full.endsWith(']')) return null
  const keys = full.slice(name.length + 1, -1).split('][')
  return keys.length > maxBrackets || keys.some((key) => /[[\]]/.test(key)) ? null : keys
}
