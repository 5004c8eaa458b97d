import { type Mistake, manifest, patients } from './mistake.ts'

/** Mistakes in what a manifest means, and in documents. */
export const meaningMistakes: readonly Mistake[] = [
  { what: 'A misspelt file', ...manifest('spec: specs/patients.yaml', 'spec: specs/patient.yaml') },
  { what: 'A file in another folder', ...manifest('spec: specs/patients.yaml', 'spec: patients.yaml') },
  { what: 'A file with another ending', ...manifest('spec: specs/patients.yaml', 'spec: specs/patients.json') },
  { what: 'A folder instead of a file', ...manifest('spec: specs/patients.yaml', 'spec: specs') },
  {
    what: 'A URL instead of a file',
    ...manifest('spec: specs/patients.yaml', 'spec: https://patients.example/openapi.json'),
  },
  { what: 'The manifest as a document', ...manifest('spec: specs/patients.yaml', 'spec: gateway.yaml') },
  { what: 'An overlay as a document', ...manifest('spec: specs/slots.yaml', 'spec: specs/slots.overlay.yaml') },
  {
    what: 'A document as an overlay',
    ...manifest('overlays: [specs/slots.overlay.yaml]', 'overlays: [specs/slots.yaml]'),
  },
  {
    what: 'A missing overlay',
    ...manifest('overlays: [specs/slots.overlay.yaml]', 'overlays: [specs/slot.overlay.yaml]'),
  },
  { what: 'A missing folder under refs', ...manifest('timeout: 2s', 'refs: [../shared]') },
  { what: 'Swagger 2.0', ...patients('openapi: 3.1.0', "swagger: '2.0'") },
  { what: 'A version of OpenAPI that does not exist', ...patients('openapi: 3.1.0', 'openapi: 4.0.0') },
  { what: 'A misspelt operation', ...manifest('patients.createPatient: {}', 'patients.createPatients: {}') },
  { what: 'An operation that does not exist', ...manifest('patients.createPatient: {}', 'patients.admit: {}') },
  { what: 'A misspelt service', ...manifest('patients.createPatient: {}', 'patient.createPatient: {}') },
  {
    what: 'An operationId where the document has none',
    ...manifest('slots POST /slots/{slotId}/bookings', 'slots.bookSlot'),
  },
  {
    what: 'A method that the path does not have',
    ...manifest('slots POST /slots/{slotId}/bookings', 'slots PUT /slots/{slotId}/bookings'),
  },
  {
    what: 'A path with another name of the parameter',
    ...manifest('slots POST /slots/{slotId}/bookings', 'slots POST /slots/{id}/bookings'),
  },
  {
    what: 'A path with a colon for the parameter',
    ...manifest('slots POST /slots/{slotId}/bookings', 'slots POST /slots/:slotId/bookings'),
  },
  {
    what: 'A path with a slash at the end',
    ...manifest('slots POST /slots/{slotId}/bookings', 'slots POST /slots/{slotId}/bookings/'),
  },
  {
    what: 'A selector without a service',
    ...manifest('slots POST /slots/{slotId}/bookings', 'POST /slots/{slotId}/bookings'),
  },
  {
    what: 'A selector without a method',
    ...manifest('slots POST /slots/{slotId}/bookings', 'slots /slots/{slotId}/bookings'),
  },
  { what: 'Only the name of a service as a selector', ...manifest('slots POST /slots/{slotId}/bookings', 'slots') },
  { what: 'A tag that does not exist', ...manifest('slots POST /slots/{slotId}/bookings', 'slots#bookings') },
  {
    what: 'No access decision',
    ...manifest(
      'slots POST /slots/{slotId}/bookings: { access: { authenticated: true } }',
      'slots POST /slots/{slotId}/bookings: {}',
    ),
  },
  {
    what: 'An operation that is public although its document asks for a caller',
    ...manifest(
      'patients.createPatient: {}',
      'patients.createPatient: { access: { public: New patients have no account } }',
    ),
  },
  { what: 'A scheme that is not mapped', ...manifest('    security: { oauth: principal }\n', '') },
  { what: 'A misspelt scheme', ...manifest('{ oauth: principal }', '{ oAuth2: principal }') },
  { what: 'A misspelt authenticator', ...manifest('authenticate: [staff]', 'authenticate: [stuff]') },
  {
    what: 'An authenticator that is not described, nor near another',
    ...manifest('authenticate: [staff]', 'authenticate: [browser]'),
  },
  {
    what: 'A misspelt rule',
    edits: [
      ['gateway.yaml', 'name: clinic\n', 'name: clinic\nrules: { writers: { scopes: [patients:write] } }\n'],
      ['gateway.yaml', 'patients.createPatient: {}', 'patients.createPatient: { access: writer }'],
      ['gateway.yaml', 'bookings: { access: { authenticated: true } }', 'bookings: { access: writers }'],
    ],
  },
  {
    what: 'An entry whose access is undecided',
    ...manifest('bookings: { access: { authenticated: true } }', 'bookings: { access: undecided }'),
  },
  {
    what: 'An entry whose access is `public`',
    ...manifest('bookings: { access: { authenticated: true } }', 'bookings: { access: public }'),
  },
  {
    what: 'A rule that only a client with a mistake names',
    edits: [
      ['gateway.yaml', 'name: clinic\n', 'name: clinic\nrules: { booking: { authenticated: true } }\n'],
      ['gateway.yaml', 'bookings: { access: { authenticated: true } }', 'bookings: { access: booking }'],
      ['gateway.yaml', '    typ: jwt', '    typ: JWT'],
    ],
  },
  {
    what: 'An entry that leaves out all of its operations',
    ...manifest(
      'slots POST /slots/{slotId}/bookings: { access: { authenticated: true } }',
      'slots.*: { access: { authenticated: true }, except: [slots GET /slots, slots * /slots/*] }',
    ),
  },
  {
    what: 'A misspelt service of an entry with `except`',
    ...manifest('patients.createPatient: {}', 'patient.*: { except: [patients.getPatient] }'),
  },
  {
    what: 'A server address with a secret in it',
    edits: [
      ['gateway.yaml', '    url: ${PATIENTS_URL}\n', ''],
      [
        'specs/patients.yaml',
        "info: { title: Patients, version: '1' }\n",
        "info: { title: Patients, version: '1' }\nservers: [{ url: 'https://{apiToken}.clinic.example', variables: { apiToken: { default: abc } } }]\n",
      ],
    ],
  },
  {
    what: 'A server address with a variable without a default',
    edits: [
      ['gateway.yaml', '    url: ${PATIENTS_URL}\n', ''],
      [
        'specs/patients.yaml',
        "info: { title: Patients, version: '1' }\n",
        "info: { title: Patients, version: '1' }\nservers: [{ url: 'https://{region}.clinic.example' }]\n",
      ],
    ],
  },
  { what: 'A client without authenticators', ...manifest('    authenticate: [staff]\n', '') },
  {
    what: 'A condition with one equals sign',
    ...manifest('$principal.department == "ward"', '$principal.department = "ward"'),
  },
  {
    what: 'A condition without the name of the principal',
    ...manifest('$principal.department == "ward"', 'department == "ward"'),
  },
  {
    what: 'A condition with JavaScript',
    ...manifest('$principal.department == "ward"', "$principal.department === 'ward'"),
  },
  {
    what: 'A parameter in a condition that does not exist',
    ...manifest('$principal.department == "ward"', '$principal.patient == $request.path.id'),
  },
  {
    what: 'A bind to an input that does not exist',
    ...manifest('patients.createPatient: {}', 'patients.createPatient: { bind: { email: $principal.email } }'),
  },
  {
    what: 'A bind to a claim without `$principal`',
    ...manifest('patients.createPatient: {}', 'patients.createPatient: { bind: { name: sub } }'),
  },
  {
    what: 'A bound parameter that stays in the path',
    ...manifest('{ access: { when: $principal.department == "ward" } }', '{ bind: { patientId: $principal.sub } }'),
  },
  {
    what: 'A path without its parameter',
    ...manifest('{ access: { when: $principal.department == "ward" } }', '{ path: /me }'),
  },
  {
    what: 'A path without a slash at the start',
    ...manifest('{ access: { when: $principal.department == "ward" } }', '{ path: "people/{patientId}" }'),
  },
  {
    what: 'Two routes with the same path',
    ...manifest(
      '{ access: { when: $principal.department == "ward" } }',
      '{ bind: { patientId: $principal.sub }, path: /slots }',
    ),
  },
  {
    what: 'A route on the path of a health check',
    ...manifest('patients.createPatient: {}', 'patients.createPatient: { path: /health/live }'),
  },
  {
    what: 'An answer without a schema for an external client',
    edits: [
      [
        'specs/slots.yaml',
        "            application/json:\n              schema: { type: array, items: { $ref: '#/components/schemas/Slot' } }",
        '            application/json: {}',
      ],
    ],
  },
  { what: 'A service without an address', ...manifest('    url: ${PATIENTS_URL}\n', '') },
  { what: 'An address without a scheme', ...manifest('${PATIENTS_URL}', 'patients.internal:8080') },
  { what: 'An origin with a path', ...manifest("'https://clinic.example'", "'https://clinic.example/'") },
  {
    what: 'A service that no client uses',
    ...manifest('  slots:\n', '  stock:\n    spec: specs/slots.yaml\n    url: ${STOCK_URL}\n  slots:\n'),
  },
  {
    what: 'A credential that needs a token of the caller, for a client with API keys',
    ...manifest('slots GET /slots: { access: { authenticated: true } }', 'patients.getPatient: {}'),
  },
  {
    what: 'An undeclared path parameter of a document',
    ...patients(
      '      parameters:\n        - { name: patientId, in: path, required: true, schema: { type: string } }\n',
      '',
    ),
  },
  { what: 'A path parameter with another name', ...patients('name: patientId', 'name: patient_id') },
  {
    what: 'A reference to nothing',
    ...patients(
      "      responses:\n        '201':\n          description: The new patient\n          content:\n            application/json:\n              schema: { $ref: '#/components/schemas/Patient' }",
      "      responses:\n        '201':\n          description: The new patient\n          content:\n            application/json:\n              schema: { $ref: '#/components/schemas/Patients' }",
    ),
  },
  {
    what: 'A reference to a missing file',
    ...patients('name: { type: string, maxLength: 100 }', "name: { $ref: 'names.yaml#/Name' }"),
  },
  {
    what: 'A reference to a URL',
    ...patients('name: { type: string, maxLength: 100 }', "name: { $ref: 'https://schemas.example/name.json' }"),
  },
  {
    what: 'A requirement of a scheme that the document does not have',
    ...patients('[{ oauth: [patients:read] }]', '[{ oauth2: [patients:read] }]'),
  },
  { what: 'A type that does not exist', ...patients('name: { type: string, maxLength: 100 }', 'name: { type: str }') },
  { what: 'A pattern that is not a regular expression', ...patients('maxLength: 100', "pattern: '[a-z'") },
  { what: 'A wrong type of a keyword', ...patients('maxLength: 100', "maxLength: '100'") },
  { what: 'An operationId twice', ...patients('operationId: getPatient', 'operationId: createPatient') },
  {
    what: 'An overlay action that matches nothing',
    edits: [['specs/slots.overlay.yaml', "$.paths['/slots'].get", "$.paths['/slot'].get"]],
  },
  {
    what: 'An overlay with a malformed target',
    edits: [['specs/slots.overlay.yaml', "$.paths['/slots'].get", '$.paths[/slots].get']],
  },
  { what: 'An overlay with an unknown member', edits: [['specs/slots.overlay.yaml', '    update:', '    merge:']] },
  {
    what: 'Several mistakes at once, of several stages',
    edits: [
      ['gateway.yaml', 'timeout: 2s', 'timeuot: 2s'],
      [
        'gateway.yaml',
        'slots POST /slots/{slotId}/bookings: { access: { authenticated: true } }',
        'slots POST /slots/{slotId}/booking: {}',
      ],
      ['gateway.yaml', 'authenticate: [labs]', 'authenticate: [lab]'],
      ['specs/patients.yaml', 'type: string, maxLength: 100', 'type: text'],
    ],
  },
  {
    what: 'A broken document beside a mistake in another service',
    edits: [
      ['specs/patients.yaml', '[patients:write] }]', '[patients:write] }'],
      [
        'gateway.yaml',
        'slots POST /slots/{slotId}/bookings: { access: { authenticated: true } }',
        'slots POST /slots/{slotId}/bookings: {}',
      ],
    ],
  },
]
