import { work } from '../../json/index.ts'

/** RFC 9562 section 4; the prefix `urn:uuid:` is allowed. */
export function isUuid(text: string): boolean {
  return text.length <= 45 && /^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)
}

/** RFC 6901: every `~` is followed by 0 or 1. */
export function isJsonPointer(text: string): boolean {
  return (text === '' || text.startsWith('/')) && !/~(?![01])/.test(text)
}

export function isRelativeJsonPointer(text: string): boolean {
  const found = /^(?:0|[1-9]\d*)/.exec(text)
  if (found === null) return false
  const rest = text.slice(found[0].length)
  return rest === '#' || isJsonPointer(rest)
}

/** RFC 4648 section 4, with padding. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
}

/** An ECMAScript pattern (ECMA-262); compiled, never run. */
export function isRegex(text: string): boolean {
  work.spend(compilingSteps(text))
  if (/[^\\]\\Z/.test(text)) return false
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}

/** Steps of compiling: for each reference, V8 goes through the groups that are open where it stands (rule P15). */
function compilingSteps(text: string): number {
  return Math.ceil((count(text, '(') * count(text, '\\')) / 2) + text.length * 2
}

function count(text: string, character: string): number {
  let found = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1
  return found
}
