/**
 * Invisible characters, and characters that change how a line is displayed. Written as ranges, because the Unicode properties
 * of regular expressions change with the version of Node.
 */
const ranges = [
  String.raw`\u0000-\u0009\u000b-\u001f\u007f-\u009f`, // controls other than the line feed
  String.raw`\u00ad\u034f\u180b-\u180f\u200b-\u200d\u2060-\u2065\ufeff`, // soft hyphen, joiners, no width
  String.raw`\u115f\u1160\u17b4\u17b5\u3164\uffa0`, // fillers
  String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f`, // directions
  String.raw`\u2028\u2029`, // line and paragraph separator
  String.raw`\ufe00-\ufe0f\ufff0-\ufffb\ufffe\uffff\u{e0000}-\u{e0fff}`, // variation selectors, annotations, tags
  String.raw`\ud800-\udfff`, // lone surrogates, which UTF-8 cannot encode
]
const hidden = new RegExp(`[${ranges.join('')}]`, 'gu')

/** Escapes every UTF-16 unit as `\uXXXX`, for JavaScript and JSON. */
export function escaped(text: string): string {
  let out = ''
  for (let i = 0; i < text.length; i++) out += `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`
  return out
}

/**
 * Replaces invisible characters with `\uXXXX` escapes, which JSON and JavaScript share. Line feeds stay. For whole texts with
 * such characters in comments and string literals only: the values of the literals do not change.
 */
export function revealed(text: string): string {
  // Most text is printable ASCII. Skipping it is ten times faster than testing each character against the ranges.
  return text.replace(/[^\n -~]+/g, (run) => run.replace(hidden, escaped))
}

/** Logging commands of build servers: of Azure Pipelines and TeamCity anywhere in a line, of GitHub at its start, indented or not. */
const commands = /##(?=\[|vso\[|teamcity\[)|^\s*::/g

/**
 * Makes text of an input safe for a line of output: without characters that move the cursor or hide text, and without logging
 * commands of build servers. The number of UTF-16 units does not change, so columns stay aligned.
 */
export function visible(text: string): string {
  return text
    .replace(/[\t\n]/g, ' ')
    .replace(hidden, (unit) => '\ufffd'.repeat(unit.length))
    .replace(commands, (command) => `${command.slice(0, -1)}\ufffd`)
}

/** An ANSI colour of the generator itself: `visible` removes those of inputs. */
const colour = /(\u001b\[\d{1,2}m)/

/** The last filter before a terminal or a log. Line feeds and colours stay; all other invisible characters are escaped. */
export function printable(text: string): string {
  return text
    .split(colour)
    .map((part, index) => (index % 2 === 1 ? part : revealed(part)))
    .join('')
}
