const text = { type: 'string', maxLength: 500 }
const amount = { type: 'integer', minimum: 0 }

/** The schemas of the spec. They do not declare `internal` of an answer, so it must not reach the client. */
export const schemas = {
  Order: {
    type: 'object',
    required: ['id', 'customerId', 'status', 'currency', 'total', 'items'],
    properties: {
      id: { type: 'string', pattern: '^ord_[a-z0-9]{8}$' },
      customerId: text,
      status: { enum: ['open', 'paid', 'shipped', 'cancelled'] },
      currency: { type: 'string', minLength: 3, maxLength: 3 },
      total: amount,
      createdAt: { type: 'string', format: 'date-time' },
      shippingAddress: { $ref: '#/components/schemas/Address' },
      items: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/Item' } },
      tags: { type: 'array', items: text },
      note: text,
    },
  },
  NewOrder: {
    type: 'object',
    required: ['currency', 'items'],
    properties: {
      currency: { type: 'string', minLength: 3, maxLength: 3 },
      shippingAddress: { $ref: '#/components/schemas/Address' },
      items: { type: 'array', minItems: 1, maxItems: 100, items: { $ref: '#/components/schemas/Item' } },
      tags: { type: 'array', items: text },
      note: text,
    },
  },
  OrderList: {
    type: 'object',
    required: ['orders'],
    properties: { orders: { type: 'array', items: { $ref: '#/components/schemas/Order' } } },
  },
  Address: {
    type: 'object',
    required: ['name', 'city', 'country'],
    properties: {
      name: text,
      street: text,
      city: text,
      postcode: text,
      country: { type: 'string', pattern: '^[A-Z]{2}$' },
    },
  },
  Item: {
    type: 'object',
    required: ['sku', 'quantity', 'price'],
    properties: { sku: text, title: text, quantity: { type: 'integer', minimum: 1 }, price: amount },
  },
}
