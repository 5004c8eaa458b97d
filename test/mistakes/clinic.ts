/** A manifest without a fault, and the documents of its two services, of which one has no operationIds. */
export const clinic: Readonly<Record<string, string>> = {
  'gateway.yaml': `gatewright: 1
name: clinic

services:
  patients:
    spec: specs/patients.yaml
    url: \${PATIENTS_URL}
    timeout: 2s
    security: { oauth: principal }
    credential: principal
  slots:
    spec: specs/slots.yaml
    overlays: [specs/slots.overlay.yaml]
    url: \${SLOTS_URL}
    credential: { header: { name: X-Api-Key, value: '\${SLOTS_KEY}' } }

authenticators:
  staff:
    type: jwt
    issuer: \${OIDC_ISSUER}
    audience: clinic-web
    typ: jwt
  labs:
    type: api-key
    keys: \${LAB_KEYS}

clients:
  web:
    authenticate: [staff]
    cors: { origins: ['https://clinic.example'] }
    expose:
      patients.getPatient: { access: { when: $principal.department == "ward" } }
      patients.createPatient: {}
      slots GET /slots: { access: { public: Everybody may see when we have time } }
      slots POST /slots/{slotId}/bookings: { access: { authenticated: true } }
  partner:
    authenticate: [labs]
    audience: external
    expose:
      slots GET /slots: { access: { authenticated: true } }
`,
  'specs/patients.yaml': `openapi: 3.1.0
info: { title: Patients, version: '1' }
paths:
  /patients:
    post:
      operationId: createPatient
      security: [{ oauth: [patients:write] }]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Patient' }
      responses:
        '201':
          description: The new patient
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Patient' }
  /patients/{patientId}:
    get:
      operationId: getPatient
      security: [{ oauth: [patients:read] }]
      parameters:
        - { name: patientId, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: The patient
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Patient' }
components:
  schemas:
    Patient:
      type: object
      required: [name]
      properties:
        id: { type: string, readOnly: true }
        name: { type: string, maxLength: 100 }
        birthday: { type: string, format: date }
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://id.clinic.example/token
          scopes: { 'patients:read': Read, 'patients:write': Write }
`,
  'specs/slots.yaml': `openapi: 3.0.3
info: { title: Slots, version: '1' }
paths:
  /slots:
    get:
      parameters:
        - { name: day, in: query, schema: { type: string, format: date } }
      responses:
        '200':
          description: The slots
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Slot' } }
  /slots/{slotId}/bookings:
    post:
      parameters:
        - { name: slotId, in: path, required: true, schema: { type: string } }
      responses:
        '204': { description: It is booked }
components:
  schemas:
    Slot:
      type: object
      properties: { id: { type: string }, start: { type: string, format: date-time } }
`,
  'specs/slots.overlay.yaml': `overlay: 1.0.0
info: { title: Corrections of the slots, version: '1' }
actions:
  - target: $.paths['/slots'].get.parameters[0]
    update: { description: A day in the time zone of the clinic }
`,
}
