/** A place in a text, from 1. */
interface Place {
  readonly line: number
  readonly column: number
}

/**
 * The key at a place that repeats another one of its map, and where the first is: in the lines above of the same indentation, or
 * before it within the same braces. `first` is `null` if it is not found.
 */
export function firstOf(
  lines: readonly string[],
  { line, column }: Place,
): { readonly key: string; readonly first: Place | null } {
  const text = lines[line - 1] ?? ''
  const [written = ''] =
    /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,{[](?:[^:#]|:(?=\S))*?(?=\s*:(?:\s|$)))/.exec(text.slice(column - 1)) ?? []
  const key = written.replace(/^(["'])(.*)\1$/s, '$2')
  const before = text.slice(0, column - 1)
  const starts = (part: string, at: number): boolean =>
    [key, `"${key}"`, `'${key}'`].some(
      (form) => part.startsWith(form, at) && /^\s*:(?:\s|$)/.test(part.slice(at + form.length)),
    )
  if (before.trim() !== '' && !/^\s*-\s+$/.test(before)) {
    for (let at = before.lastIndexOf(key); at >= 0; at = at === 0 ? -1 : before.lastIndexOf(key, at - 1)) {
      const from = /["']/.test(before[at - 1] ?? '') ? at - 1 : at
      if (starts(text, from)) return { key, first: { line, column: from + 1 } }
    }
  }
  for (let above = line - 2; above >= 0 && key !== ''; above--) {
    const other = lines[above] ?? ''
    if (/^\s*(?:#.*)?$/.test(other)) continue
    const item = /^\s*(?:-\s+)*/.exec(other)?.[0].length ?? 0
    if (item === column - 1 && starts(other, item)) return { key, first: { line: above + 1, column } }
    if (item < column - 1) break
  }
  return { key, first: null }
}
