import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { identifier, serviceIds } from '../../../generator/commands/identifiers.ts'

describe('ids of services', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['are the names of the files', ['specs/orders.yaml', 'catalog.json'], ['orders', 'catalog']],
    ['lose what every file says of itself', ['orders.openapi.yaml', 'cart-openapi.json'], ['orders', 'cart']],
    [
      'are the folders of files called after what they are',
      ['box/openapi.json', 'stripe/spec3.yaml'],
      ['box', 'stripe'],
    ],
    [
      'are made of words',
      ['twilio_api_v2010.json', 'catalog.v1.json', 'BillingAccounts.yml'],
      ['twilio-api-v2010', 'catalog-v1', 'billing-accounts'],
    ],
    ['start with a letter', ['3.0.yaml'], ['api-3-0']],
    [
      'have the folder in front where two are the same',
      ['eu/orders.yaml', 'us/orders.yaml'],
      ['eu-orders', 'us-orders'],
    ],
    ['are counted where that does not help', ['a/eu/orders.yaml', 'b/eu/orders.yaml'], ['eu-orders', 'eu-orders-2']],
    ['are no devices of Windows', ['aux.yaml'], ['aux-service']],
    ['lose accents', ['Zürich.yaml'], ['zurich']],
    ['are never empty', ['订单.yaml', '/openapi.yaml'], ['service', 'openapi']],
  ]
  test.each(cases)('%s', (_, files, ids) => {
    expect(serviceIds(files)).toEqual(ids)
  })

  test('are always valid and unique', () => {
    const file = fc
      .tuple(fc.string({ unit: 'grapheme' }), fc.constantFrom('orders', 'openapi', 'con', 'x'.repeat(80)))
      .map(([folder, name]) => `${folder}/${name}.yaml`)
    fc.assert(
      fc.property(fc.array(file, { maxLength: 12 }), (files) => {
        const ids = serviceIds(files)
        expect(new Set(ids).size).toBe(files.length)
        for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]{0,63}$/)
      }),
    )
  })
})

test('text without any usable character becomes the default', () => {
  expect(identifier('!!!', 'other')).toBe('other')
})
