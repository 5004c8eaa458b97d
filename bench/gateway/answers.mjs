/** The order that the service answers with. The spec does not declare `internal`, so it must not reach the client. */
export const order = {
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

const german = { name: 'Jürgen Müller', street: 'Königsallee 12', city: 'Düsseldorf', postcode: '40212', country: 'DE' }

/** The answers of 640 bytes, by the id of the order that is asked for. */
export const forms = {
  ord_7f3k9q2m: padded(order, JSON.stringify, 640),
  ord_spaced00: padded(order, spaced, 640),
  ord_escaped0: padded({ ...order, note: 'first line\nsecond line ' }, JSON.stringify, 640),
  ord_umlauts0: padded({ ...order, shippingAddress: german, note: 'Bitte läuten. ' }, JSON.stringify, 640),
}

/** A list of 1 MB. */
export const list = Buffer.from(JSON.stringify({ orders: Array(1_560).fill(JSON.parse(forms.ord_7f3k9q2m)) }))

/** A value with a `note`, made longer until the text has `size` bytes. */
export function padded(value, write, size) {
  const missing = size - Buffer.byteLength(write(value))
  return Buffer.from(write({ ...value, note: value.note + 'x'.repeat(missing) }))
}

/** JSON as Python's `json.dumps` writes it: with a blank after each `,` and `:`. */
function spaced(value) {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${spaced(member)}`)
  return `{${members.join(', ')}}`
}
