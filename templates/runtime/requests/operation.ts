import { createAccept } from '../bodies/index.ts'
import type { JsonValue } from '../json/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { ServiceAnswer, Treat } from '../upstream/answer.ts'
import type { EndCause } from '../upstream/failures.ts'
import type { Caller, Order, Result, Running, Sink, Transport } from '../upstream/transport.ts'
import { isValueTreatment } from '../upstream/valueTreatment.ts'
import type { CallAction, OperationSchemas } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'
import { createRequestBuilder } from './build.ts'
import { completeOwnHeaders } from './ownHeaders.ts'
import { createValueWriter, type OperationValues } from './values.ts'

/** The parts of a call of an operation. */
export interface OperationParts {
  readonly action: Pick<CallAction, 'method' | 'path' | 'reserved'>
  readonly operation: OperationSchemas
  readonly schemas: CompiledSchemas
  /** Adds the action's credentials and calls its service. */
  readonly transport: Transport
  /** Created for values (`answers/values.ts`). */
  readonly treat: Treat
  /** Milliseconds. */
  readonly timeout: number
  /** The gateway's pseudonym in `Via`. */
  readonly pseudonym: string
}

/** A service's answer, checked and reduced to what its schema declares. */
export interface OperationAnswer {
  readonly kind: 'answer'
  readonly status: number
  /** `undefined`: it has no body, or one that is not JSON. */
  readonly value: JsonValue | undefined
}

/** A call of an operation in progress. */
export interface OperationCall extends Running {
  /** Rejects only for a fault of the gateway itself, never for a failure of a service. `null`: the call was cancelled. */
  readonly answer: Promise<OperationAnswer | Problem | null>
}

/** Calls an operation with values, for a caller; does not use a client's request. Access is not checked. */
export type CallOperation = (values: OperationValues, caller: Caller) => OperationCall

const malformed = problem('malformed-request', { reason: 'parameter-unsendable' })
/** The values are an address of another operation (rule R8). */
const nothing = problem('not-found')

/**
 * Makes the call of an operation. Neither the call nor its transport looks at a decision about access, unlike the step `call`:
 * the code that calls the operation decides access before.
 */
export function createOperation(parts: OperationParts): CallOperation {
  const { action, operation, schemas, transport, treat, timeout, pseudonym } = parts
  const write = createValueWriter(operation, schemas)
  const build = createRequestBuilder(action)
  const accept = createAccept(operation.answers)('application/json')
  // Values are read whole.
  const transfer = { idle: timeout, streamIdle: timeout, lifetime: timeout }
  const headOnly = action.method === 'HEAD'
  const expected = { bytes: 0 }

  return (values, caller) => {
    const inputs = write(values)
    const call = new ValueCall()
    if ('kind' in inputs) {
      call.settled(inputs)
      return call
    }
    const request = build(inputs)
    if (request === 'malformed' || request === 'reserved') {
      call.settled(request === 'malformed' ? malformed : nothing)
      return call
    }
    request.headers['accept'] = accept
    completeOwnHeaders(caller.requestId, request.headers, pseudonym)
    request.body = inputs.body
    const { body } = inputs
    call.begin(transport, { caller, request, body, timeout, transfer, headOnly, treat, passes: false, expected })
    return call
  }
}

class ValueCall implements Sink, OperationCall {
  readonly answer: Promise<OperationAnswer | Problem | null>
  #resolve: (answer: OperationAnswer | Problem | null) => void = () => undefined
  #reject: (error: unknown) => void = () => undefined
  #call: Running | null = null

  constructor() {
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  begin(transport: Transport, order: Order): void {
    try {
      this.#call = transport(order, this)
    } catch (error) {
      this.#reject(error)
    }
  }

  sending(): void {}

  responded(): void {}

  settled(result: Result): void {
    if (result.kind === 'answer') this.#answer(result)
    else if (result.kind === 'problem') this.#resolve(result)
    else if (result.error === undefined) this.#resolve(result.problem)
    else this.#reject(result.error)
  }

  #answer(answer: ServiceAnswer): void {
    try {
      this.#resolve(answerOf(answer))
    } catch (error) {
      this.#reject(error)
    }
  }

  cancel(cause: EndCause): void {
    this.#call?.cancel(cause)
    this.#resolve(null)
  }
}

function answerOf({ treatment, body }: ServiceAnswer): OperationAnswer | Problem {
  const { status } = treatment
  if (treatment.kind === 'project' && Buffer.isBuffer(body)) {
    if (!isValueTreatment(treatment)) throw new Error('the treatment of the answer is not one for values')
    const read = treatment.read(body)
    return read.kind === 'problem' ? read : { kind: 'answer', status, value: read.value }
  }
  if (body !== null && typeof body === 'object' && 'discard' in body) body.discard()
  return { kind: 'answer', status, value: undefined }
}
