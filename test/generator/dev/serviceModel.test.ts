import { expect, test } from '@jest/globals'
import { modelOf } from '../../../generator/dev/serviceModel.ts'
import type { Model } from '../../../generator/model/types.ts'

const model = { services: ['orders', 'orders-archive', 'orders--old'].map((id) => ({ id })) } as unknown as Model

test.each([
  ['orders', 'orders'],
  ['orders--upload-example-com', 'orders'],
  ['orders-archive--upload-example-com', 'orders-archive'],
  ['orders--old', 'orders--old'],
  ['orders--old--upload-example-com', 'orders--old'],
  ['orders-upload', undefined],
])('the service %s of a plan is %s of the model', (id, expected) => {
  expect(modelOf(model, id)?.id).toBe(expected)
})
