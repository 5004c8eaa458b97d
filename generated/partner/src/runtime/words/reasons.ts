/**
 * Why a request was answered with a problem, for the operator: the closed list of the member `reason` in the access log, by the
 * problems that have one. A reason is never sent to a client. The names of other problems say it. `docs/gateway.md` has a row for
 * each, with what to do.
 */
export const reasons = {
  'malformed-request': [
    'framing-ambiguous',
    'header-invalid',
    'host-invalid',
    'target-invalid',
    'query-malformed',
    'parameter-unsendable',
    'slash-encoded',
    'protocol-unsupported',
    'credential-ambiguous',
    'body-incomplete',
  ],
  'invalid-request': ['parameter-invalid', 'body-invalid'],
  unauthenticated: [
    'credential-missing',
    'scheme-unsupported',
    'token-malformed',
    'token-issuer',
    'token-algorithm',
    'token-type',
    'token-key-unknown',
    'token-signature',
    'token-audience',
    'token-client',
    'token-expired',
    'token-not-yet-valid',
    'token-claim',
    'token-kind',
    'token-bound',
    'key-malformed',
    'key-unknown',
    'key-secret',
    'key-expired',
    'key-address',
  ],
  forbidden: [
    'role-missing',
    'owner-mismatch',
    'condition-false',
    'condition-undecided',
    'claim-missing',
    'bound-value-unfit',
    'caller-missing',
    'caller-without-token',
  ],
  'insufficient-scope': ['scope-missing'],
  refused: ['service-refused'],
  'too-many-requests': ['key-blocked', 'bodies-unfinished'],
  internal: [
    'step-failed',
    'decision-missing',
    'body-already-read',
    'call-invalid',
    'credential-undefined',
    'credential-unsigned',
  ],
  'bad-gateway': [
    'service-unreachable',
    'service-tls',
    'service-closed',
    'service-protocol',
    'service-error',
    'credential-refused',
    'credential-denied',
    'answer-status',
    'answer-media-type',
    'answer-body',
    'answer-too-large',
    'answer-encoding',
    'answer-redirect',
  ],
  unavailable: [
    'no-room',
    'service-full',
    'service-error',
    'issuer-keys-unavailable',
    'credential-unavailable',
    'shutting-down',
  ],
  'gateway-timeout': ['service-unreachable', 'service-late', 'service-stalled', 'service-error', 'client-left'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** A problem that has a reason. */
export type Reasoned = keyof typeof reasons

/** The reasons that a problem may have; of all problems by default. */
export type Reason<Name extends Reasoned = Reasoned> = (typeof reasons)[Name][number]
