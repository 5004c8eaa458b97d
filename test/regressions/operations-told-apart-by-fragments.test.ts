import { expect, test } from '@jest/globals'
import { createAnswers } from '../../generator/dev/answers.ts'
import { readContract } from '../../generator/dev/published.ts'
import { planOffer } from '../../generator/plan/index.ts'
import { manifestOf, outcomeOfFiles } from '../support/manifestFolder.ts'

// Box's `PUT /schema#add` and `PUT /schema#update` had the same path in the document for types and simulated answers.

const put = (operationId: string, name: string): string =>
  `    put:
      operationId: ${operationId}
      responses:
        200:
          description: Fine
          content:
            application/json:
              schema: { type: object, required: [${name}], properties: { ${name}: { type: string } } }
`
const spec = `
openapi: 3.0.3
info: { title: Templates, version: '1' }
paths:
  /schema#add:
${put('add', 'added')}
  /schema#update:
${put('update', 'updated')}
  /schema?kind=other:
${put('other', 'another')}
`

test('operations that differ only in a fragment or a query have separate answers', async () => {
  const { model, problems } = await outcomeOfFiles({ 'gateway.yaml': manifestOf(), 'spec.yaml': spec })
  const [service] = model?.services ?? []
  if (service === undefined) throw new Error(problems.join('\n'))
  const offer = planOffer(service)
  const simulated = { model: service, keys: offer.keys, schemas: readContract(offer.document(), []).schemas }
  const answers = createAnswers()
  const bodies = service.operations.map((operation) => {
    const key = offer.keys.get(operation) ?? ''
    const { chunks } = answers.answer({ service: simulated, operation, key }, '/schema', {})
    return Object.keys(JSON.parse(Buffer.concat(chunks).toString('utf8')) as object)
  })
  expect(bodies).toEqual([['added'], ['updated'], ['another']])
  expect(Object.keys(offer.document()['paths'] ?? {}).sort()).toEqual([
    '/schema#add',
    '/schema#update',
    '/schema?kind=other',
  ])
})
