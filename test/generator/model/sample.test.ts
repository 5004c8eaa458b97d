import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { outcomeOf } from '../../support/manifestFolder.ts'

test('the sample system is read and modelled without diagnostics', async () => {
  const { problems, model } = await outcomeOf(fileURLToPath(new URL('../../../specs', import.meta.url)))
  expect(problems).toEqual([])
  expect(model?.services.length).toBeGreaterThanOrEqual(6)
})
