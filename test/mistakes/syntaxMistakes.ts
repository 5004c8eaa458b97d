import { type Mistake, manifest, patients } from './mistake.ts'

/** Mistakes in the syntax of files. */
export const syntaxMistakes: readonly Mistake[] = [
  { what: 'A tab as indentation', ...manifest('    timeout: 2s', '\ttimeout: 2s') },
  {
    what: 'Tabs as indentation of several lines',
    ...manifest(
      "    authenticate: [staff]\n    cors: { origins: ['https://clinic.example'] }",
      "\tauthenticate: [staff]\n\tcors: { origins: ['https://clinic.example'] }",
    ),
  },
  {
    what: 'A colon in a text without quotes',
    ...manifest(
      'slots GET /slots: { access: { public: Everybody may see when we have time } }',
      'slots GET /slots: { access: { public: Free slots: on the home page } }',
    ),
  },
  {
    what: 'A colon in a text without quotes, in block style',
    ...manifest(
      'slots GET /slots: { access: { public: Everybody may see when we have time } }',
      'slots GET /slots:\n        access:\n          public: Free slots: on the home page',
    ),
  },
  {
    what: 'Three mistakes in the syntax of three lines',
    edits: [
      ['gateway.yaml', 'timeout: 2s', 'timeout:2s'],
      ['gateway.yaml', 'public: Everybody may see when we have time', 'public: Free slots: on the home page'],
      ['gateway.yaml', 'audience: clinic-web', 'audience: @clinic'],
    ],
  },
  { what: 'A space too little in front of a key', ...manifest('    timeout: 2s', '   timeout: 2s') },
  { what: 'A space too much in front of a key', ...manifest('    timeout: 2s', '     timeout: 2s') },
  { what: 'No space after a colon', ...manifest('timeout: 2s', 'timeout:2s') },
  { what: 'A bracket that is not closed', ...manifest('[staff]', '[staff') },
  {
    what: 'A brace that is not closed',
    ...manifest('{ access: { authenticated: true } }\n  partner', '{ access: { authenticated: true }\n  partner'),
  },
  { what: 'A quote that is not closed', ...manifest("'https://clinic.example'", "'https://clinic.example") },
  {
    what: 'A reference to the environment inside a list without quotes',
    ...manifest("['https://clinic.example']", '[${ORIGIN}]'),
  },
  { what: 'An asterisk at the start of a value', ...manifest("'https://clinic.example'", '*') },
  { what: 'An at sign at the start of a value', ...manifest('audience: clinic-web', 'audience: @clinic/web') },
  { what: 'A per cent sign at the start of a value', ...manifest('audience: clinic-web', 'audience: %CLINIC%') },
  { what: 'A selector of a whole service without its name', ...manifest('patients.createPatient: {}', '*: {}') },
  {
    what: 'A key that occurs twice',
    ...manifest('    timeout: 2s', '    timeout: 2s\n    url: https://patients.example'),
  },
  {
    what: 'A selector that occurs twice',
    ...manifest('patients.createPatient: {}', 'patients.createPatient: {}\n      patients.getPatient: {}'),
  },
  {
    what: 'A merge conflict',
    ...manifest('    timeout: 2s', '<<<<<<< HEAD\n    timeout: 2s\n=======\n    timeout: 3s\n>>>>>>> feature'),
  },
  { what: 'Several YAML documents in a file', ...manifest('gatewright: 1', '---\nname: other\n---\ngatewright: 1') },
  { what: 'An empty manifest', files: { 'gateway.yaml': '' } },
  {
    what: 'A manifest of JSON with a comma too much',
    files: { 'gateway.json': '{ "gatewright": 1, "name": "clinic", }' },
    args: 'lint -m gateway.json',
  },
  { what: 'An OpenAPI document instead of the manifest', args: 'lint -m specs/patients.yaml' },
  { what: 'A tab in a document', ...patients('      operationId: getPatient', '\toperationId: getPatient') },
  {
    what: 'A colon in a text of a document',
    ...patients('description: The new patient', 'description: The patient: new'),
  },
  {
    what: 'A key of a document that occurs twice',
    ...patients('      operationId: getPatient', '      operationId: getPatient\n      operationId: readPatient'),
  },
  { what: 'A bracket of a document that is not closed', ...patients('[patients:write] }]', '[patients:write] }') },
]
