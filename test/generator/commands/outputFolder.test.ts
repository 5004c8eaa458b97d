import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { findManifest } from '../../../generator/commands/manifestFile.ts'
import { outputFaults } from '../../../generator/commands/outputFolder.ts'
import { folderWith } from './console.ts'

const manifest = (spec: string): string => `services: { orders: { spec: ${spec} } }\n`
const { path, remove } = folderWith({
  'flat/gateway.yaml': manifest('orders.yaml'),
  'flat/orders.yaml': '',
  'deep/gateway.yml': manifest('specs/orders.yaml'),
  'deep/specs/orders.yaml': '',
  'beside/specs/gateway.yaml': manifest('orders.yaml'),
  'beside/specs/orders.yaml': '',
  'elsewhere/gateway.yaml': manifest('https://orders.example/openapi.json'),
})
afterAll(remove)

describe('gateways may be written to', () => {
  test.each([
    ['flat', 'gateway.yaml', 'generated'],
    ['flat', 'gateway.yaml', 'out/gateways'],
    ['flat', 'gateway.yaml', '.'],
    ['deep', 'gateway.yml', 'generated'],
    ['deep', 'gateway.yml', '../elsewhere/gateways'],
    ['beside', 'specs/gateway.yaml', 'gateways'],
    ['beside/specs', 'gateway.yaml', 'gateways'],
    ['elsewhere', 'gateway.yaml', 'gateways'],
  ])('in %s, by %s: %s', (cwd, name, out) => {
    expect(outputFaults(out, join(path, cwd, name), join(path, cwd))).toEqual([])
  })
})

describe('gateways are not written to', () => {
  test.each([
    ['flat', 'gateway.yaml', '', '--out names no folder.'],
    ['flat', 'gateway.yaml', 'orders.yaml', '--out orders.yaml is a file.'],
    ['flat', 'gateway.yaml', 'orders.yaml/a/b', '--out orders.yaml/a/b is below orders.yaml, which is a file.'],
    ['flat', 'gateway.yaml', '/dev/null', '--out /dev/null is a device.'],
    ['deep', 'gateway.yml', 'specs', '--out specs is within specs, a folder of OpenAPI documents.'],
    ['deep', 'gateway.yml', 'specs/out', '--out specs/out is within specs, a folder of OpenAPI documents.'],
    ['beside', 'specs/gateway.yaml', 'specs/out', '--out specs/out is within specs, a folder of OpenAPI documents.'],
  ])('in %s, by %s: %s', (cwd, name, out, message) => {
    const faults = outputFaults(out, join(path, cwd, name), join(path, cwd))
    expect(faults.map((fault) => [fault.code, fault.message])).toEqual([['GW5020', message]])
  })
})

test('a manifest that ends with .yml is found', () => {
  expect(findManifest(null, [], join(path, 'deep'))).toEqual({ kind: 'manifest', path: join(path, 'deep/gateway.yml') })
})
