/** What JSON writes in another way than the sources that `code/literal.ts` prints: comments, strings, names of members, last commas. */
const different = /\/\*[\s\S]*?\*\/|'((?:[^'\\]|\\.)*)'|"(?:[^"\\]|\\.)*"|([A-Za-z_$][\w$]*)(?=:)|,(?=\s*[\]}])/g

/** The data of a generated source (`routes.ts`, `services.ts`, `client.ts`), which is not run; `null`: the text is something else. */
export function dataIn(source: string): unknown {
  const [, data] = /^export const \w+ = ([\s\S]*) as const(?: |$)/m.exec(source) ?? []
  if (data === undefined) return null
  const json = data.replace(different, (whole: string, quoted?: string, name?: string) => {
    if (quoted !== undefined) return `"${quoted.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`
    if (name !== undefined) return `"${name}"`
    return whole.startsWith('"') ? whole : ''
  })
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
