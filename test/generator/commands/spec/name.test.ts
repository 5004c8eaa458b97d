import { expect, test } from '@jest/globals'
import { nameFromUrl } from '../../../../generator/commands/spec/name.ts'

test.each([
  ['https://orders.example/v1/openapi.yaml', 'orders'],
  ['https://api.orders.example/v3/api-docs', 'orders'],
  ['https://raw.githubusercontent.com/acme/order-service/main/openapi.yaml', 'order-service'],
  ['https://raw.githubusercontent.com/acme/apis/refs/heads/main/specs/billing.openapi.yaml', 'billing'],
  ['https://${HOST}/catalog/openapi.json', 'catalog'],
  ['https://api.github.com/repos/acme/orders/contents/openapi.yaml', 'orders'],
  ['https://raw.githubusercontent.com/acme/orders/v1.2.0/openapi.yaml', 'orders'],
  ['https://raw.githubusercontent.com/acme/orders/refs/tags/v1-2-0-rc.1/openapi.yaml', 'orders'],
  [`https://raw.githubusercontent.com/acme/orders/${'0a'.repeat(20)}/openapi.yaml`, 'orders'],
  ['https://gitlab.example/api/v4/projects/acme%2Forders/repository/files/docs%2Fopenapi.yaml/raw?ref=main', 'orders'],
  ['https://gitlab.example/api/v4/projects/17/repository/files/openapi.yaml/raw', 'gitlab'],
  ['https://github.example/acme/orders/releases/download/2024-01-31/openapi.yaml', 'orders'],
  ['http://127.0.0.1:8080/openapi.json', 'service'],
  ['http://localhost:8080/openapi.json', 'service'],
])('a document is named after what its URL says of it: %s', (url, name) => {
  expect(nameFromUrl(url)).toBe(name)
})
