import { isObject, parseJson, stringifyJson } from '../json/index.ts'
import { segment } from '../schema/index.ts'
import { type Content, type ContentReaderFor, checked, type Filling, faultyContent } from './content.ts'

/**
 * Reads JSON bodies: parsed strictly (rule P9), checked, and forwarded byte for byte. Members that the gateway fills are
 * inserted before the others; a body that already has one of them is refused.
 */
export const jsonReader: ContentReaderFor = (media, schemas) => {
  const check = checked(media, schemas)
  return (bytes, _, filling): Content => {
    const read = parseJson(bytes)
    if (read.kind === 'fault') return faultyContent(`${read.detail}, at byte ${read.offset}`)
    if (filling.length === 0) return check(read.value, () => bytes)
    const { value } = read
    if (!isObject(value)) return faultyContent('must be an object')
    const sent = filling.find(([name]) => Object.hasOwn(value, name))
    if (sent !== undefined) return faultyContent('is not allowed here', `/${segment(sent[0])}`)
    return check({ ...value, ...Object.fromEntries(filling) }, () =>
      fill(bytes, filling, Object.keys(value).length === 0),
    )
  }
}

function fill(bytes: Buffer, filling: Filling, empty: boolean): Buffer {
  const start = bytes.indexOf('{') + 1
  const members = filling.map(([name, value]) => `${JSON.stringify(name)}:${stringifyJson(value)}`).join(',')
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(empty ? members : `${members},`), bytes.subarray(start)])
}
