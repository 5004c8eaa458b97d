import { type Event, parseEvents, YAMLException } from 'js-yaml'
import { closingLines, Indentation, withinScalars } from './flowEnds.ts'

/** The events of a YAML text, with offsets in `text`. */
export interface YamlEvents {
  /** The text that was parsed: the given one, with spaces in front of some closing brackets. */
  readonly text: string
  readonly events: Event[]
  /** The offset in the given text of an offset in `text`. */
  original(offset: number): number
}

/** Why a text is not YAML. */
export class YamlFault extends Error {
  /** In the given text. */
  readonly offset: number

  constructor(error: unknown, original: (offset: number) => number) {
    super(error instanceof YAMLException ? error.reason : 'it cannot be parsed')
    this.offset = error instanceof YAMLException ? original(error.mark?.position ?? 0) : 0
  }
}

/**
 * Parses YAML, with one exception from YAML 1.2 section 7.4: a bracket that closes a list or map may begin a line that is indented less
 * than its items, as other parsers take it. Throws a `YamlFault`.
 */
export function yamlEvents(text: string, maxDepth: number): YamlEvents {
  try {
    return parsed(text, [], maxDepth)
  } catch (error) {
    if (!(error instanceof YamlFault && isClosing(text, error))) throw error
    const lines = closingLines(text)
    const attempt = parsed(text, lines, maxDepth)
    const inside = withinScalars(attempt.events, lines, (offset) => attempt.original(offset))
    if (inside.size === 0) return attempt
    // Lines of a text are left as they are.
    return parsed(
      text,
      lines.filter((line) => !inside.has(line)),
      maxDepth,
    )
  }
}

function parsed(text: string, lines: readonly number[], maxDepth: number): YamlEvents {
  const indentation = new Indentation(text, lines)
  const original = (offset: number): number => indentation.original(offset)
  try {
    return { text: indentation.text, events: parseEvents(indentation.text, { maxDepth }), original }
  } catch (error) {
    throw new YamlFault(error, original)
  }
}

function isClosing(text: string, { message, offset }: YamlFault): boolean {
  return message === 'deficient indentation' && (text[offset] === ']' || text[offset] === '}')
}
