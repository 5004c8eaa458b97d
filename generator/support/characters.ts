/**
 * What a reader cannot see, or what makes a line look different from what it is. Ranges, because the Unicode properties of
 * regular expressions change with the version of Node.
 */
const ranges = [
  String.raw`\u0000-\u0009\u000b-\u001f\u007f-\u009f`, // controls other than the line feed
  String.raw`\u00ad\u034f\u180b-\u180f\u200b-\u200d\u2060-\u2065\ufeff`, // soft hyphen, joiners, no width
  String.raw`\u115f\u1160\u17b4\u17b5\u3164\uffa0`, // fillers
  String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f`, // directions
  String.raw`\u2028\u2029`, // line and paragraph separator
  String.raw`\ufe00-\ufe0f\ufff0-\ufffb\ufffe\uffff\u{e0000}-\u{e0fff}`, // variation selectors, annotations, tags
  String.raw`\ud800-\udfff`, // lone surrogates, which UTF-8 cannot say
]
const hidden = new RegExp(`[${ranges.join('')}]`, 'gu')

/** The JavaScript and JSON escape of every UTF-16 unit. */
export function escaped(text: string): string {
  let out = ''
  for (let i = 0; i < text.length; i++) out += `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`
  return out
}

/**
 * Makes what cannot be seen visible, as the escapes that JSON and JavaScript share. Line feeds stay. Right for whole
 * texts in which such characters stand only in comments and string literals: there the value of a literal stays the same.
 */
export function revealed(text: string): string {
  // Most of a text is printable ASCII, and ten times faster to pass over without looking for each character in the ranges.
  return text.replace(/[^\n -~]+/g, (run) => run.replace(hidden, escaped))
}

/** What build servers obey: commands of Azure Pipelines and TeamCity within a line, of GitHub at its start, indented or not. */
const commands = /##(?=\[|vso\[|teamcity\[)|^\s*::/g

/**
 * Text of an input as part of a line that people read: as many columns as it has units, and nothing that moves the cursor, hides text,
 * or is a command to what collects the lines.
 */
export function visible(text: string): string {
  return text
    .replace(/[\t\n]/g, ' ')
    .replace(hidden, (unit) => '\ufffd'.repeat(unit.length))
    .replace(commands, (command) => `${command.slice(0, -1)}\ufffd`)
}

/** A colour of ours, as `visible` never lets one pass. */
const colour = /(\u001b\[\d{1,2}m)/

/** The last look at whatever goes to a terminal or a log: lines and colours stay, and nothing else that cannot be seen. */
export function printable(text: string): string {
  return text
    .split(colour)
    .map((part, index) => (index % 2 === 1 ? part : revealed(part)))
    .join('')
}
