import type {
  OperationContract,
  ParameterContract,
  RequestPolicy,
  Route,
  Schema,
} from '../../../templates/runtime/contract.ts'
import { type CompiledContract, compileContract } from '../../../templates/runtime/schema/index.ts'

export function parameter(schema: Schema, more: Partial<ParameterContract> = {}): ParameterContract {
  return { required: false, style: 'form', explode: true, allowReserved: false, schema, ...more }
}

export function operation(more: Partial<OperationContract> = {}): OperationContract {
  return { path: {}, query: {}, header: {}, cookie: {}, body: null, answers: {}, ...more }
}

/** A policy that allows all an operation declares. */
export function policy(of: OperationContract, more: Partial<RequestPolicy> = {}): RequestPolicy {
  return {
    path: Object.keys(of.path),
    query: Object.keys(of.query),
    header: Object.keys(of.header),
    cookie: Object.keys(of.cookie),
    body: of.body === null ? null : Object.keys(of.body.content),
    bind: [],
    undeclaredQuery: 'drop',
    maxBody: 1_000,
    ...more,
  }
}

export function route(of: OperationContract, more: Partial<Route> = {}): Route {
  return {
    id: 'orders.op',
    method: 'GET',
    path: '/',
    access: { kind: 'public', because: 'a test' },
    request: policy(of),
    call: { service: 'orders', method: 'GET', path: '/', credentials: [] },
    contract: 'op',
    answers: { check: 'off', undeclared: 'drop', statuses: Object.keys(of.answers) },
    timeout: 1_000,
    ...more,
  }
}

export function contractOf(of: OperationContract, schemas: Record<string, Schema> = {}): CompiledContract {
  return compileContract({ operations: { op: of }, schemas, linear: [] })
}
