import { type Mistake, manifest } from './mistake.ts'

/** Mistakes in the values of the manifest. */
export const manifestMistakes: readonly Mistake[] = [
  { what: 'No version', ...manifest('gatewright: 1\n', '') },
  { what: 'A version that does not exist', ...manifest('gatewright: 1', 'gatewright: 2') },
  { what: 'A version as a text', ...manifest('gatewright: 1', "gatewright: '1'") },
  { what: 'A name with capitals', ...manifest('name: clinic', 'name: My Clinic') },
  { what: 'A misspelt section', ...manifest('authenticators:', 'authenticator:') },
  { what: 'A misspelt setting', ...manifest('timeout: 2s', 'timeuot: 2s') },
  {
    what: 'A setting of a service at the client',
    ...manifest('    audience: external', '    audience: external\n    spec: specs/slots.yaml'),
  },
  {
    what: 'A setting of a client at the top',
    ...manifest('name: clinic', "name: clinic\ncors: { origins: ['https://clinic.example'] }"),
  },
  {
    what: 'A rule beside the setting `access`',
    ...manifest('{ access: { authenticated: true } }\n  partner', '{ authenticated: true }\n  partner'),
  },
  { what: 'A feature of a later release', ...manifest('timeout: 2s', 'retry: { attempts: 3 }') },
  {
    what: 'A list of services instead of a map',
    files: {
      'gateway.yaml':
        'gatewright: 1\nname: clinic\nservices:\n  - name: slots\n    spec: specs/slots.yaml\nclients:\n  - name: web\n    expose: {}\n',
    },
  },
  {
    what: 'A list of selectors instead of a map',
    ...manifest(
      '    expose:\n      slots GET /slots: { access: { authenticated: true } }\n',
      '    expose:\n      - slots GET /slots\n',
    ),
  },
  { what: 'A text instead of a list of authenticators', ...manifest('authenticate: [labs]', 'authenticate: labs') },
  {
    what: 'A text instead of a list of scopes',
    ...manifest('{ authenticated: true } }\n  partner', "{ scopes: 'slots:write' } }\n  partner"),
  },
  {
    what: 'A word instead of a rule',
    ...manifest('{ access: { authenticated: true } }\n  partner', '{ access: authenticated }\n  partner'),
  },
  { what: '`public: true`', ...manifest('public: Everybody may see when we have time', 'public: true') },
  {
    what: 'A text where true is meant',
    ...manifest('{ access: { authenticated: true } }\n  partner', "{ access: { authenticated: 'yes' } }\n  partner"),
  },
  { what: 'A timeout in milliseconds without a unit', ...manifest('timeout: 2s', 'timeout: 5000') },
  { what: 'A timeout with a unit that does not exist', ...manifest('timeout: 2s', 'timeout: 2 seconds') },
  {
    what: 'A duration in milliseconds where only whole seconds are possible',
    ...manifest('typ: jwt', 'typ: jwt\n    clockSkew: 500ms'),
  },
  { what: 'A timeout from the environment', ...manifest('timeout: 2s', 'timeout: ${TIMEOUT}') },
  { what: 'A size without a unit', ...manifest('timeout: 2s', 'maxAnswer: 1000000') },
  { what: 'A number out of bounds', ...manifest('timeout: 2s', 'concurrency: { max: 0 }') },
  { what: 'A word that is not allowed', ...manifest('timeout: 2s', 'answers: strict') },
  { what: '`answers: false`', ...manifest('timeout: 2s', 'answers: false') },
  {
    what: 'A security scheme mapped to a word that does not exist',
    ...manifest('{ oauth: principal }', '{ oauth: user }'),
  },
  { what: 'A credential that does not exist', ...manifest('credential: principal', 'credential: bearer') },
  { what: 'A misspelt kind of credential', ...manifest('{ header: {', '{ headers: {') },
  {
    what: 'A credential that lacks a member',
    ...manifest("{ name: X-Api-Key, value: '${SLOTS_KEY}' }", "{ value: '${SLOTS_KEY}' }"),
  },
  { what: 'A secret in plain text', ...manifest("'${SLOTS_KEY}'", 'c2VjcmV0LXNlY3JldA') },
  { what: 'A secret with a default', ...manifest("'${SLOTS_KEY}'", "'${SLOTS_KEY:-secret}'") },
  { what: 'A reference to the environment without braces', ...manifest('${PATIENTS_URL}', '$PATIENTS_URL') },
  { what: 'A reference to the environment that is not closed', ...manifest('${PATIENTS_URL}', '${PATIENTS_URL') },
  { what: 'A variable in lower case', ...manifest('${PATIENTS_URL}', '${patients-url}') },
  { what: 'A value of `typ` of the wrong name', ...manifest('typ: jwt', 'type: at+jwt') },
  { what: '`type: at+jwt`', ...manifest('type: jwt', 'type: at+jwt') },
  { what: 'A type of authenticator that does not exist', ...manifest('type: jwt', 'type: oidc') },
  { what: 'An empty type of an authenticator', ...manifest('    type: jwt\n', '    type:\n') },
  { what: 'A misspelt property whose value is wrong as well', ...manifest('typ: jwt', 'tpy: 3') },
  { what: 'A misspelt property whose value is of another type', ...manifest('timeout: 2s', 'timeuot: 2000') },
  { what: 'An authenticator without a type', ...manifest('    type: jwt\n', '') },
  { what: 'An issuer without an audience', ...manifest('    audience: clinic-web\n', '') },
  {
    what: 'A list of issuers as texts',
    ...manifest(
      'issuer: ${OIDC_ISSUER}\n    audience: clinic-web\n    typ: jwt',
      'issuers: [https://id.clinic.example]',
    ),
  },
  {
    what: '`issuer` and `issuers`',
    ...manifest('    typ: jwt', '    issuers: [{ issuer: https://id.clinic.example, audience: clinic }]'),
  },
  {
    what: 'A mistake in a rule, beside others',
    edits: [
      [
        'gateway.yaml',
        'name: clinic\n',
        'name: clinic\nrules: { ward: { role: [ward] }, admin: { roles: [admin] } }\n',
      ],
      ['gateway.yaml', 'patients.createPatient: {}', 'patients.createPatient: { access: ward }'],
      [
        'gateway.yaml',
        'patients.getPatient: { access: { when: $principal.department == "ward" } }',
        'patients.admit: {}',
      ],
      [
        'gateway.yaml',
        'slots POST /slots/{slotId}/bookings: { access: { authenticated: true } }',
        'slots POST /slots/{slotId}/booking: { access: admin }',
      ],
    ],
  },
  {
    what: 'An unknown part of the manifest, beside another mistake',
    edits: [
      ['gateway.yaml', 'name: clinic\n', 'name: clinic\nmiddleware: { compression: true }\n'],
      ['gateway.yaml', 'patients.createPatient: {}', 'patients.createPatients: {}'],
    ],
  },
  { what: 'API keys in the query', ...manifest('type: api-key', 'type: api-key\n    in: query') },
  {
    what: 'A client that is null',
    ...manifest(
      '  partner:\n    authenticate: [labs]\n    audience: external\n    expose:\n      slots GET /slots: { access: { authenticated: true } }\n',
      '  partner:\n',
    ),
  },
  {
    what: 'Clients without an entry',
    files: {
      'gateway.yaml':
        "gatewright: 1\nname: clinic\nservices: { slots: { spec: specs/slots.yaml, url: '${SLOTS_URL}' } }\nclients: {}\n",
    },
  },
  {
    what: 'A name of a service with an underscore',
    files: {
      'gateway.yaml':
        "gatewright: 1\nname: clinic\nservices: { free_slots: { spec: specs/slots.yaml, url: '${SLOTS_URL}' } }\nclients: { web: { expose: { free_slots.*: { access: { public: Free slots } } } } }\n",
    },
  },
]
