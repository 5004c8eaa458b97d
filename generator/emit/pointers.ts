import { escapeSegment } from '../../templates/runtime/words/pointers.ts'

/** The parts from which openapi-typescript makes pointers: names, and earlier pointers. */
type Part = string | number | null | undefined

type Maker = (parts: Part[]) => string

/**
 * A faster `createRef` of openapi-typescript, with the same results. The original makes the pointer to each schema by
 * splitting and joining that of its parent, which is a sixth of its time. Parts whose result might differ are passed to
 * the original.
 */
export function pointerMaker(original: Maker): Maker {
  return (parts) => {
    let pointer = '#'
    for (const part of parts) {
      if (part === undefined || part === null || part === '') continue
      const text = String(part)
      if (!text.includes('#/')) pointer += `/${escapeSegment(text)}`
      else if (isCanonical(text)) pointer += text.slice(1)
      else return original(parts)
    }
    return pointer
  }
}

function isCanonical(pointer: string): boolean {
  return pointer.startsWith('#/') && !pointer.includes('#/', 1) && !/%|~(?![01])|\/\/|\/$/.test(pointer)
}
