/** The members of a list; a comma in a quoted string does not separate (RFC 9110 section 5.6.1). */
const member = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g

/** Several lines of a field are one list (RFC 9110 section 5.3). */
export function lineOf(field: string | string[] | undefined): string | undefined {
  return Array.isArray(field) ? field.join(', ') : field
}

/** The members of a list field, without white space around them; empty ones are left out. */
export function listMembers(line: string): readonly string[] {
  return [...line.matchAll(member)].map(([each]) => each.trim()).filter((each) => each !== '')
}
