import fc, { type Arbitrary } from 'fast-check'

// Parts of multipart bodies whose field readers name differently (rule P14).

/** All names that some reader takes for the field of a part, from the part's head. */
export function namesIn(head: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const line of head.split(/\r\n(?![ \t])/)) {
    const [, value] = /^content-disposition[ \t]*:(.*)$/is.exec(line) ?? []
    if (value === undefined) continue
    for (const [, key = '', text = ''] of value.matchAll(
      /;\s*(name(?:\*[0-9]*\*?)?)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)/gi,
    )) {
      const plain = text.trim().replace(/^"|"$/g, '').replaceAll(/\\(.)/g, '$1')
      names.add(key.includes('*') ? extended(plain) : plain)
    }
  }
  return names
}

/** RFC 8187: `utf-8'en'text`. */
function extended(text: string): string {
  const value = text.replace(/^[^']*'[^']*'/, '')
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** Dispositions of the field `name` that some reader takes for the field `other`. */
export function doubtfulDisposition(name: string, other: string): Arbitrary<string> {
  const further = fc.constantFrom(
    `name*=utf-8''${other}`,
    `name*=UTF-8'en'${encoded(other)}`,
    `NAME*=utf-8''${other}`,
    `name*="utf-8''${other}"`,
    `name*=iso-8859-1''${other}`,
    `name*0="${other}"`,
    `name*0*=utf-8''${other}`,
    `name="${other}"`,
    `NAME=${other}`,
    `name = "${other}"`,
    `filename="a; name=${other}"`,
    `filename="a; name=\\"${other}\\""`,
    `filename="a\\"; name=\\"${other}"`,
    `filename="a;NAME=${other};b"`,
  )
  return fc.tuple(further, fc.constantFrom('; ', ';', ' ; '), fc.boolean()).map(([more, between, first]) => {
    const own = `name="${name}"`
    return `form-data${between}${(first ? [more, own] : [own, more]).join(between)}`
  })
}

/** Dispositions that name one field for every reader, as common platforms write them. */
export function plainDisposition(name: string): Arbitrary<string> {
  return fc.constantFrom(
    `form-data; name="${name}"`,
    `form-data; name=${name}`,
    `form-data; NAME="${name}"`,
    `form-data; name="${name}"; filename="a.txt"`,
    `form-data; name=${name}; filename=a.txt; filename*=utf-8''a.txt`,
    `form-data; name="${name}"; FileName="a.txt"`,
    `form-data; name="${name}"; filename="C:\\dir\\a.txt"`,
  )
}

function encoded(text: string): string {
  return [...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')
}
