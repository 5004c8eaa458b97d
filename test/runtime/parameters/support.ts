import { type CompiledSchemas, compileSchemas } from '../../../templates/runtime/schema/index.ts'
import type {
  OperationSchemas,
  ParameterSchema,
  RequestPolicy,
  Route,
  Schema,
} from '../../../templates/runtime/vocabulary.ts'
import { some } from '../../support/gatewayParts.ts'

export function parameter(schema: Schema, more: Partial<ParameterSchema> = {}): ParameterSchema {
  return { required: false, style: 'form', explode: true, allowReserved: false, schema, ...more }
}

export function operation(more: Partial<OperationSchemas> = {}): OperationSchemas {
  return { path: {}, query: {}, header: {}, cookie: {}, body: null, answers: {}, ...more }
}

/** A policy that allows everything that an operation declares. */
export function policy(of: OperationSchemas, more: Partial<RequestPolicy> = {}): RequestPolicy {
  return some.request('/', {
    path: Object.keys(of.path),
    query: Object.keys(of.query),
    header: Object.keys(of.header),
    cookie: Object.keys(of.cookie),
    body: of.body === null ? null : Object.keys(of.body.content),
    maxBody: 1_000,
    ...more,
  })
}

export function route(of: OperationSchemas, more: Partial<Route> = {}): Route {
  return some.route('GET', '/', {
    id: 'orders.op',
    request: policy(of),
    contract: { service: 'orders', operation: 'op' },
    answers: { check: 'off', undeclared: 'drop', statuses: Object.keys(of.answers) },
    ...more,
  })
}

export function contractOf(of: OperationSchemas, schemas: Record<string, Schema> = {}): CompiledSchemas {
  return compileSchemas({ operations: { op: of }, schemas, linear: [] })
}
