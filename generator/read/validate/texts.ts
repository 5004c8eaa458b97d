import { parseEnvText } from '../../../templates/runtime/words/envText.ts'
import type { Report } from '../../support/index.ts'

type Finding = Pick<Report, 'code' | 'message' | 'remedy'>

/** Checks a text by its format. The generator needs the value of a text without a format, so it cannot refer to the environment. */
export function checkText(name: string, text: string, format: string | null): Finding | null {
  if (format === null) return checkFixed(name, text)
  const { variables, malformed } = parseEnvText(text)
  if (malformed !== null) {
    return {
      code: 'GW2010',
      message: `${name} has a malformed reference to the environment at \`${malformed.slice(0, 24)}\`.`,
      remedy: referenceRemedy(malformed),
    }
  }
  const [bare] = /^\$[A-Za-z_][A-Za-z0-9_]*$/.exec(text) ?? []
  if (bare !== undefined) {
    const message = `${name} has a reference to the environment without braces: \`${bare}\`.`
    return { code: 'GW2010', message, remedy: `Write \`\${${bare.slice(1)}}\`.` }
  }
  switch (format) {
    case 'gatewright-secret':
      return checkSecret(name, variables)
    case 'gatewright-key-source':
      return text.startsWith('file:') ? null : checkSecret(name, variables)
    case 'gatewright-file':
      return text.includes('-----BEGIN') ? literalSecret(name) : null
    default:
      return null
  }
}

/** @param malformed begins with `${`. */
function referenceRemedy(malformed: string): string {
  const [, name = '', fallback = ''] = /^\$\{\s*([\w.-]+)\s*(?::?-([^}\s]*))?/.exec(malformed) ?? []
  const variable = name
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^[0-9]+/, '')
    .toUpperCase()
  const forms = 'The forms are `${NAME}` and `${NAME:-default}`; a literal `${` is written `$${`.'
  if (variable === '') return forms
  return `Write \`\${${variable}${fallback === '' ? '' : `:-${fallback}`}}\`. ${forms}`
}

function checkFixed(name: string, text: string): Finding | null {
  const { variables } = parseEnvText(text)
  if (variables.length === 0) return null
  return {
    code: 'GW2011',
    message: `${name} refers to the environment of the running gateway, but decides what is generated.`,
  }
}

function checkSecret(
  name: string,
  variables: readonly { readonly name: string; readonly fallback: string | null }[],
): Finding | null {
  if (variables.length === 0) return literalSecret(name)
  const [guessable] = variables.filter(({ fallback }) => fallback !== null && fallback !== '')
  if (guessable === undefined) return null
  return {
    code: 'GW2009',
    message: `${name} has a default for the secret \`${guessable.name}\`.`,
    remedy: `Secrets must not have defaults: write \`\${${guessable.name}}\`.`,
  }
}

function literalSecret(name: string): Finding {
  const variable = name
    .replace(/^.*?\./, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()
  return {
    code: 'GW2009',
    message: `${name} contains a secret in plain text.`,
    remedy: `Revoke this secret, set a new one in the environment of the running gateway, and refer to it:\n    '\${${variable}}'`,
  }
}
