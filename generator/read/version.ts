import { below, type Diagnostics, type Origin, type Report } from '../support/index.ts'
import type { JsonValue, SpecDocument } from './types.ts'

/** The feature version of an OpenAPI document; `null` if it is not supported, which is reported. */
export function versionOf(document: JsonValue, file: string, diagnostics: Diagnostics): SpecDocument['version'] | null {
  const root: Origin = { file, pointer: '' }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    const what = document === null ? 'is empty' : 'is not an OpenAPI document'
    diagnostics.report({ code: 'GW1110', message: `${file} ${what}.`, origin: root })
    return null
  }
  const [openapi, swagger] = [Reflect.get(document, 'openapi'), Reflect.get(document, 'swagger')] as unknown[]
  if (swagger !== undefined && openapi === undefined) {
    diagnostics.report({
      code: 'GW1108',
      message: `${file} is a Swagger ${String(swagger)} document.`,
      origin: below(root, 'swagger'),
      remedy: `Convert it once and commit the result, for example\n    npx swagger2openapi ${file} -o openapi.yaml`,
    })
    return null
  }
  if (openapi === undefined) {
    diagnostics.report({ code: 'GW1110', ...otherKind(document, file), origin: root })
    return null
  }
  const version = typeof openapi === 'string' ? /^(3\.[012])\.\d+(?:-.*)?$/.exec(openapi)?.[1] : undefined
  if (version === '3.0' || version === '3.1' || version === '3.2') return version
  const message = `${file} is of OpenAPI ${String(openapi)}; 3.0.x, 3.1.x and 3.2.x are supported.`
  diagnostics.report({ code: 'GW1109', message, origin: below(root, 'openapi') })
  return null
}

function otherKind(document: object, file: string): Pick<Report, 'message' | 'remedy'> {
  if ('overlay' in document) {
    return {
      message: `${file} is an Overlay document, not an OpenAPI document.`,
      remedy: `Name the document that it corrects as \`spec\`, and\n    overlays: [${file}]`,
    }
  }
  if ('gatewright' in document) return { message: `${file} is a manifest, not an OpenAPI document.` }
  return { message: `${file} is not an OpenAPI document: it lacks \`openapi\`.` }
}
