import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '../../../generator/read/index.ts'
import { manifestOf, outcomeOfFiles } from '../../support/manifestFolder.ts'

const spec = `openapi: 3.0.3
info: { title: Orders, version: '1' }
paths:
  /a: { get: &get { operationId: a, tags: [x, y], responses: { '200': { description: Fine } } } }
  /b: { get: *get }
`

async function overlaid(actions: string, version = '1.0.0') {
  const outcome = await outcomeOfFiles({
    'gateway.yaml': manifestOf('overlays: [overlay.yaml]'),
    'spec.yaml': spec,
    'overlay.yaml': `overlay: ${version}\ninfo: { title: C, version: '1' }\nactions:\n${actions}`,
  })
  const document = outcome.inputs?.specs[0]?.document ?? {}
  const paths = document['paths'] as Record<string, { readonly get?: JsonObject }>
  return { ...outcome, a: paths?.['/a']?.get, b: paths?.['/b']?.get, paths }
}

describe('an overlay', () => {
  test('merges objects, appends to lists, replaces plain values', async () => {
    const { a } = await overlaid(
      "  - target: $.paths['/a'].get\n    update: { operationId: z, tags: [new], deprecated: true }\n",
    )
    expect(a).toMatchObject({ operationId: 'z', tags: ['x', 'y', 'new'], deprecated: true })
  })

  test('changes only its target, even where YAML shares the node', async () => {
    const { b } = await overlaid("  - target: $.paths['/a'].get\n    update: { operationId: z, tags: [new] }\n")
    expect(b).toMatchObject({ operationId: 'a', tags: ['x', 'y'] })
  })

  test('removes members and items', async () => {
    const { a, paths } = await overlaid(
      '  - { target: "$.paths[\'/a\'].get.tags[*]", remove: true }\n  - { target: "$.paths[\'/b\']", remove: true }\n',
    )
    expect(a?.['tags']).toEqual([])
    expect(Object.keys(paths)).toEqual(['/a'])
  })

  test('1.1 copies one node over another', async () => {
    const { a } = await overlaid('  - { target: "$.paths[\'/a\'].get", copy: $.info }\n', '1.1.0')
    expect(a).toMatchObject({ title: 'Orders', operationId: 'a' })
  })

  test('sets the origin of changed values', async () => {
    const { inputs, a } = await overlaid("  - target: $.paths['/a'].get\n    update: { security: [{ key: [] }] }\n")
    expect(inputs?.specs[0]?.originOf(a?.['security'] as object)).toEqual({
      file: 'overlay.yaml',
      pointer: '/actions/0/update/security',
    })
  })

  test('corrects a document before it is checked', async () => {
    const { problems } = await overlaid('  - target: $.paths[*].get\n    update: { parameters: [] }\n')
    expect(problems).toEqual([])
  })

  test('that matches nothing is reported for each of its actions', async () => {
    const { problems } = await overlaid(
      '  - { target: $.nothing, remove: true }\n  - { target: $.none, remove: true }\n',
    )
    expect(problems).toEqual(['GW1303 overlay.yaml:4:15', 'GW1303 overlay.yaml:5:15'])
  })

  test.each(['2.0.0', '1.2.0'])('of version %s is refused', async (version) => {
    const { problems } = await overlaid('  []\n', version)
    expect(problems).toEqual(['GW1301 overlay.yaml:1:10'])
  })
})
