import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import ts from 'typescript'
import { openapiFetch } from '../../../generator/emit/dependencies.ts'
import { projectRoot } from '../../support/sampleSystem.ts'

/** The example front end, which uses the committed `generated/web/client.d.ts`. */
const folder = join(projectRoot, 'docs/examples/front-end')

const usage = `
import createClient from 'openapi-fetch'
import type { Customer, PasswordChange, paths, Return, ReturnCreate } from '@gateway'

const gateway = createClient<paths>({ baseUrl: '/' })

export async function valid(): Promise<void> {
  const { data } = await gateway.GET('/me/profile')
  const customer: Customer | undefined = data
  const id: string | undefined = data?.id
  const wanted: ReturnCreate = { reason: 'defective', items: [{ productId: 1, quantity: 1 }] }
  const { data: created } = await gateway.POST('/orders/{orderId}/returns', { params: { path: { orderId: 'a' } }, body: wanted })
  const made: Return | undefined = created
  const change: PasswordChange = { currentPassword: 'a', newPassword: 'b' }
  await gateway.PUT('/me/password', { body: change })
  void [customer, id, made]
}

export async function invalid(): Promise<void> {
  // @ts-expect-error no such path
  await gateway.GET('/nowhere')
  const { data } = await gateway.GET('/me/profile')
  // @ts-expect-error no such member
  void data?.nothing
  // @ts-expect-error a number
  const id: number | undefined = data?.id
  const params = { path: { orderId: 'a' } }
  // @ts-expect-error read only
  const wanted: ReturnCreate = { id: 'a', reason: 'defective', items: [] }
  // @ts-expect-error read only
  await gateway.POST('/orders/{orderId}/returns', { params, body: { status: 'refunded', reason: 'defective', items: [] } })
  void [id, wanted]
}
`

/** Both programs have most files in common. */
const sources = new Map<string, ts.SourceFile | undefined>()

/** The compiler's errors for the example and for `usage`, with a copy of openapi-fetch in node_modules. */
function complaints(copy: string): readonly string[] {
  const configuration = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile).config as object
  const { options, fileNames, errors } = ts.parseJsonConfigFileContent(configuration, ts.sys, folder)
  expect(errors).toEqual([])
  expect(fileNames.map((name) => name.slice(folder.length + 1))).toContain('src/ReturnForm.tsx')
  const used = join(folder, 'src/usage.ts')
  const compiled: ts.CompilerOptions = {
    ...options,
    // Libraries of TypeScript itself are not checked, which takes most of the time; client.d.ts is.
    skipDefaultLibCheck: true,
    paths: { ...options.paths, 'openapi-fetch': [join(projectRoot, 'node_modules', copy)] },
  }
  const host = ts.createCompilerHost(compiled)
  const program = ts.createProgram([...fileNames, used], compiled, {
    ...host,
    fileExists: (name) => name === used || host.fileExists(name),
    readFile: (name) => (name === used ? usage : host.readFile(name)),
    getSourceFile: (name, target) => {
      if (name === used) return ts.createSourceFile(name, usage, target)
      if (!sources.has(name)) sources.set(name, host.getSourceFile(name, target))
      return sources.get(name)
    },
  })
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 300)}`
  })
}

describe('client.d.ts', () => {
  for (const [which, copy] of [
    ['oldest', 'openapi-fetch-oldest'],
    ['newest', 'openapi-fetch'],
  ] as const) {
    test(`is what the example front end needs, with the ${which} openapi-fetch that is supported`, () => {
      const installed = JSON.parse(readFileSync(join(projectRoot, 'node_modules', copy, 'package.json'), 'utf8'))
      expect(installed).toMatchObject({ name: 'openapi-fetch', version: openapiFetch[which] })
      expect(complaints(copy)).toEqual([])
    })
  }

  test('says which versions of openapi-fetch are supported, as the documentation does', () => {
    const said = `openapi-fetch ${openapiFetch.oldest} to ${openapiFetch.newest}`
    expect(readFileSync(join(projectRoot, 'generated/web/client.d.ts'), 'utf8')).toContain(said)
    expect(readFileSync(join(projectRoot, 'docs/gateway.md'), 'utf8')).toContain(said)
  })
})
