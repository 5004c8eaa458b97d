import type { AnswerSchemas, OperationSchemas } from '../vocabulary.ts'

type Answers = OperationSchemas['answers']

/** A HEAD that is documented without content, where the client has no GET to describe it: any content may be behind it. */
const any: AnswerSchemas['content'] = { '*/*': { schema: true, encoding: {} } }

/**
 * The answers of an operation HEAD, with the content that the fields of its answers describe: that of GET of the same path (RFC 9110
 * section 9.3.2). `get`: `null` if the client has no such route.
 */
export function describedAnswers(head: Answers, get: Answers | null): Answers {
  const contentOf = (status: string): AnswerSchemas['content'] =>
    get === null ? any : ((get[status] ?? get['default'])?.content ?? {})
  return Object.fromEntries(
    Object.entries(head).map(([status, answer]) => {
      const isDescribed = !status.startsWith('2') || Object.keys(answer.content).length > 0
      return [status, isDescribed ? answer : { ...answer, content: contentOf(status) }]
    }),
  )
}
