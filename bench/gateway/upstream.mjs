import { createServer } from 'node:http'

// A minimal service: the same answer of 640 bytes to every request.

const order = {
  id: 'ord_7f3k9q2m',
  customerId: 'user-1',
  status: 'shipped',
  currency: 'EUR',
  total: 11_870,
  createdAt: '2026-03-14T09:26:53Z',
  shippingAddress: {
    name: 'Ada Lovelace',
    street: '12 St James Square',
    city: 'London',
    postcode: 'SW1Y 4JH',
    country: 'GB',
  },
  items: [
    { sku: 'SKU-10231', title: 'Difference engine, brass', quantity: 1, price: 9_990 },
    { sku: 'SKU-20417', title: 'Punched cards, pack of 500', quantity: 2, price: 690 },
    { sku: 'SKU-30099', title: 'Oil, 100 ml', quantity: 1, price: 500 },
  ],
  tags: ['gift', 'express'],
  note: '',
  internal: { warehouse: 'LON-2', margin: 0.31 },
}
order.note = 'x'.repeat(640 - Buffer.byteLength(JSON.stringify(order)))
const body = Buffer.from(JSON.stringify(order))

const server = createServer((_req, res) => {
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  res.end(body)
})
server.keepAliveTimeout = 60_000
server.listen(Number(process.env.PORT), '127.0.0.1')
