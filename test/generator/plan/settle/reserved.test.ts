import { describe, expect, test } from '@jest/globals'
import { emit } from '../../../../generator/emit/index.ts'
import { Diagnostics } from '../../../../generator/support/index.ts'
import { manifest, operation, planned, spec } from '../../../support/planned.ts'

const id = '{ name: id, in: path, required: true, description: The report., schema: { type: string } }'
const kind = '{ name: kind, in: path, required: true, schema: { type: string } }'
const paths = [
  `/reports/{id}: { parameters: [${id}], ${operation('get', 'operationId: getReport')} }`,
  `/reports/salaries: { ${operation('get', 'operationId: getSalaries')} }`,
  `/{kind}/{id}/log: { parameters: [${kind}, ${id}], ${operation('get', 'operationId: getLog')} }`,
]
const result = planned(manifest(['orders.getReport: {}', 'orders.getLog: {}']), { orders: spec(paths) })
const filesOf = () => {
  const { plan } = result
  if (plan === null) throw new Error(result.codes.join())
  return new Map(emit(plan, new Diagnostics()).value.map(({ path, contents }) => [path, contents]))
}

describe('values that belong to another operation (rule R8)', () => {
  test('are data of the routes that have any', () => {
    expect(result.route('orders.getReport').written.action).toMatchObject({ reserved: ['/reports/salaries'] })
    expect(result.route('orders.getLog').written.action).not.toHaveProperty('reserved')
  })

  test('stand in ACCESS.md and access.json', () => {
    const files = filesOf()
    expect(files.get('web/ACCESS.md')).toContain('- `GET /reports/{id}`: not `/reports/salaries`\n')
    expect(JSON.parse(files.get('web/access.json') ?? '')).toMatchObject({
      routes: [{ path: '/reports/{id}', reserved: ['/reports/salaries'] }, { path: '/{kind}/{id}/log' }],
    })
  })

  test('are described in the contract, without the name of an operation that is not exposed', () => {
    const { client } = result
    const text = JSON.stringify(client.contract)
    expect(text).not.toContain('salaries')
    expect(client.contract).toMatchObject({
      paths: {
        '/reports/{id}': {
          get: {
            parameters: [{ name: 'id', description: expect.stringMatching(/^The report\.\n\nValues .* 404\.$/) }],
          },
        },
        '/{kind}/{id}/log': { get: { parameters: [{ name: 'id', description: 'The report.' }, { name: 'kind' }] } },
      },
    })
  })

  test('are in `explain`', () => {
    expect(result.explain('orders.getReport').map(({ text }) => text)).toContain(
      'without the paths of other operations: /reports/salaries',
    )
  })

  test('are absent where no other path fits', () => {
    const other = planned(manifest(['orders.getLog: {}']), { orders: spec(paths) })
    const { plan } = other
    if (plan === null) throw new Error(other.codes.join())
    const files = emit(plan, new Diagnostics()).value
    expect(files.find(({ path }) => path === 'web/ACCESS.md')?.contents).not.toContain('reserved')
  })
})
