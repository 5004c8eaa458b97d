import { isObject, type JsonValue, parseJson, stringifyJson } from '../json/index.ts'
import { segment } from '../schema/index.ts'
import { type Content, type ContentReaderFor, checked, type Filling, faultyContent } from './content.ts'

/**
 * Reads JSON bodies: parsed strictly (rule P9), checked, and forwarded byte for byte. Members that the gateway fills are
 * inserted before the others; a body that already has one of them, or a name that services may read as one, is refused (rule P13).
 */
export const jsonReader: ContentReaderFor = (media, schemas, rules) => {
  const check = checked(media, schemas, rules)
  const accepts = schemas.acceptance(media.schema)
  const guarded = rules.bound.length === 0 ? null : schemas.guardedNames(media.schema, rules.bound)
  return (bytes, _, filling): Content => {
    if (filling.length === 0 && accepts(bytes)) return { kind: 'content', bytes }
    const read = parseJson(bytes)
    if (read.kind === 'fault') return faultyContent(`${read.detail}, at byte ${read.offset}`)
    if (filling.length === 0) return check(read.value, () => bytes, written)
    const { value } = read
    if (!isObject(value)) return faultyContent('must be an object')
    const sent = filling.find(([name]) => Object.hasOwn(value, name))
    if (sent !== undefined) return faultyContent('is not allowed here', `/${segment(sent[0])}`)
    const names = Object.keys(value)
    const variant = guarded === null ? undefined : names.find((name) => guarded(name) !== undefined)
    if (variant !== undefined) return faultyContent('is not allowed here', `/${segment(variant)}`)
    const filled = { ...value, ...Object.fromEntries(filling) }
    return check(filled, () => fill(bytes, filling, names.length === 0), written)
  }
}

function written(value: JsonValue): Buffer | null {
  const text = stringifyJson(value)
  return text === null ? null : Buffer.from(text)
}

function fill(bytes: Buffer, filling: Filling, empty: boolean): Buffer {
  const start = bytes.indexOf('{') + 1
  const members = filling.map(([name, value]) => `${JSON.stringify(name)}:${stringifyJson(value)}`).join(',')
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(empty ? members : `${members},`), bytes.subarray(start)])
}
