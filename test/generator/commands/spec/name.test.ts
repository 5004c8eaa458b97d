import { expect, test } from '@jest/globals'
import { nameFromUrl } from '../../../../generator/commands/spec/name.ts'

test.each([
  ['https://orders.example/v1/openapi.yaml', 'orders'],
  ['https://api.orders.example/v3/api-docs', 'orders'],
  ['https://raw.githubusercontent.com/acme/order-service/main/openapi.yaml', 'order-service'],
  ['https://raw.githubusercontent.com/acme/apis/refs/heads/main/specs/billing.openapi.yaml', 'billing'],
  ['https://${HOST}/catalog/openapi.json', 'catalog'],
  ['http://127.0.0.1:8080/openapi.json', 'service'],
  ['http://localhost:8080/openapi.json', 'service'],
])('a document is named after what its URL says of it: %s', (url, name) => {
  expect(nameFromUrl(url)).toBe(name)
})
