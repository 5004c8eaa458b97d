/**
 * A manifest and its specs in which every free text is passed through `Say`: once unchanged, and once with a payload
 * around it. The emitted files may differ in texts only.
 */
export interface Say {
  /** Any text. */
  text(benign: string): string
  /** The name of a response header or cookie, part of a media type (RFC 9110 section 5.6.2). */
  token(benign: string): string
  /** The name of a request header that gateways accept (rule P5). */
  header(benign: string): string
  /** The name of a component. Long names are cut, and the generated names would then have another order. */
  name(benign: string): string
  /** An OAuth scope (RFC 6749 section 3.3). */
  scope(benign: string): string
  /** Text of a path, without characters that separate its parts or that no request can contain. */
  segment(benign: string): string
  /** A regular expression that matches the text. */
  pattern(benign: string): string
  /** The name of a file. */
  file(benign: string): string
  /** Text inside an expression, between single quotes. */
  quoted(benign: string): string
}

export const benign: Say = {
  text: (text) => text,
  token: (text) => text,
  header: (text) => text,
  name: (text) => text,
  scope: (text) => text,
  segment: (text) => text,
  pattern: (text) => text,
  file: (text) => text,
  quoted: (text) => text,
}

/** Puts the payload before and after each text, so that it can start and end constructs. Names keep their order. */
export function hostile(payload: string): Say {
  // Selectors are trimmed, and must still match.
  const whole = payload.trim() === payload ? payload : `.${payload}.`
  const around =
    (clean: (text: string) => string) =>
    (text: string): string =>
      `${clean(whole)}${text}${clean(whole)}`
  return {
    text: around((text) => text),
    token: around((text) => text.replaceAll(/[^A-Za-z0-9!#$%&'*+.^_`|~-]/g, '')),
    header: around((text) => text.replaceAll(/[^A-Za-z0-9-]/g, '')),
    name: around((text) => text.slice(0, 24)),
    scope: around((text) => text.replaceAll(/[^\x21\x23-\x5b\x5d-\x7e]/g, '')),
    segment: around((text) => text.replaceAll(/[{}/?#\\\p{Cc}\p{Cs}]|%(?:0[0-9a-f]|1[0-9a-f]|2f|5c|7f)/giu, '')),
    pattern: around((text) =>
      text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll(/[\ud800-\udfff\n\r\u2028\u2029\0]/g, '.'),
    ),
    file: (text) => `${payload.replaceAll(/[/:\0\ud800-\udfff]/g, '')}${text}`.slice(-100),
    quoted: around((text) => text.replaceAll(/['\\\p{Cc}]/gu, '')),
  }
}

/** Files by name: `gateway.yaml`, and a spec and an overlay for each `Say`. */
export function files(says: readonly Say[]): Readonly<Record<string, string>> {
  const services = says.map((say, index) => ({ id: `s${index}`, say, spec: say.file(`s${index}.json`) }))
  return {
    'gateway.yaml': JSON.stringify(manifest(services)),
    ...Object.fromEntries(services.map(({ spec, say, id }) => [spec, JSON.stringify(document(say, id))])),
    ...Object.fromEntries(
      services.map(({ say, id }) => [
        say.file(`${id}-overlay.json`),
        JSON.stringify({
          overlay: '1.0.0',
          info: { title: say.text('Corrections'), version: say.text('1') },
          actions: [{ target: '$.info', description: say.text('Why'), update: { 'x-corrected': say.text('yes') } }],
        }),
      ]),
    ),
  }
}

interface HostileService {
  readonly id: string
  readonly say: Say
  readonly spec: string
}

/** Values of the manifest that all services share use the last `Say`. */
function manifest(services: readonly HostileService[]): object {
  const { say } = services.at(-1) ?? { say: benign }
  return {
    gatewright: 1,
    name: 'shop',
    [`x-${say.text('anchors')}`]: say.text('anything'),
    services: Object.fromEntries(services.map((service) => [service.id, serviceOf(service)])),
    authenticators: {
      bearer: {
        type: 'jwt',
        issuer: '${ISSUER}',
        audience: [say.text('shop')],
        scopes: 'scope',
        roles: `['${say.quoted('roles')}']`,
      },
    },
    clients: {
      web: {
        authenticate: ['bearer'],
        expose: Object.assign({}, ...services.map(exposed)),
      },
    },
  }
}

function serviceOf({ id, say, spec }: HostileService): object {
  return {
    spec,
    overlays: [say.file(`${id}-overlay.json`)],
    url: '${SERVICE_URL}',
    security: { [say.text('oauth')]: 'principal' },
    credential,
  }
}

const credential = { header: { name: 'X-Service-Key', value: '${SERVICE_KEY}' } }

function exposed({ id, say }: HostileService): object {
  return {
    [`${id}.*`]: {},
    [`${id}.${say.text('list orders')}`]: { access: { public: say.text('Open to everybody') }, credential },
    [`${id} GET /${id}/${say.segment('detail')}/{orderId}`]: {
      access: {
        override: {
          roles: [say.text('support')],
          when: `$principal['${say.quoted('department')}'] == '${say.quoted('sales')}'`,
        },
        because: say.text('Until the migration ends'),
      },
      // A payload in its pattern may contain a slash.
      parameters: { orderId: { encodedSlash: 'allow' } },
    },
    [`${id}#${say.text('admin')}`]: { access: { roles: [say.text('admin')] } },
  }
}

function document(say: Say, id: string): object {
  const documentation = { description: say.text('More of it'), url: say.text('https://docs.example') }
  return {
    openapi: '3.1.0',
    info: {
      title: say.text('Orders'),
      summary: say.text('All about orders'),
      description: say.text('What people have ordered'),
      version: say.text('1.0'),
      termsOfService: say.text('https://terms.example'),
      contact: { name: say.text('Team'), url: say.text('https://team.example'), email: say.text('team') },
      license: { name: say.text('MIT'), identifier: say.text('MIT') },
      [`x-${say.text('info')}`]: say.text('extension'),
    },
    jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
    servers: [
      {
        url: say.text('https://orders.example/'),
        description: say.text('Production'),
        variables: { [say.text('region')]: { default: say.text('eu'), description: say.text('Where') } },
      },
    ],
    tags: [{ name: say.text('admin'), description: say.text('For the staff'), externalDocs: documentation }],
    externalDocs: documentation,
    [`x-${say.text('root')}`]: { [say.text('key')]: [say.text('value')] },
    paths: paths(say, id),
    components: {
      schemas: schemas(say),
      securitySchemes: {
        [say.text('oauth')]: {
          type: 'oauth2',
          description: say.text('Sign in'),
          flows: {
            clientCredentials: {
              tokenUrl: say.text('https://id.example/token'),
              scopes: { [say.scope('orders:read')]: say.text('Read') },
            },
          },
        },
      },
      parameters: {
        [say.name('Search')]: {
          name: say.text('q'),
          in: 'query',
          description: say.text('Words'),
          schema: { type: 'string' },
        },
      },
      examples: { [say.name('Order')]: { summary: say.text('One'), value: { [say.text('id')]: say.text('o-1') } } },
      responses: { [say.name('Problem')]: { description: say.text('Something is wrong') } },
    },
  }
}

function paths(say: Say, id: string): object {
  const secured = [{ [say.text('oauth')]: [say.scope('orders:read')] }]
  const order = reference(say.name('Order'))
  return {
    [`/${id}/${say.segment('orders')}`]: {
      summary: say.text('Orders'),
      description: say.text('All of them'),
      get: {
        operationId: say.text('list orders'),
        summary: say.text('List the orders'),
        description: say.text('In any order'),
        tags: [say.text('orders')],
        externalDocs: { url: say.text('https://docs.example') },
        parameters: [
          { $ref: `#/components/parameters/${escaped(say.name('Search'))}` },
          {
            name: say.text('state'),
            in: 'query',
            description: say.text('Which'),
            schema: {
              type: 'array',
              items: { enum: [say.text('open'), say.text('closed')] },
              default: [say.text('open')],
            },
            examples: { [say.text('both')]: { value: [say.text('open')], summary: say.text('An example') } },
          },
          { name: say.header('X-Trace'), in: 'header', description: say.text('Trace'), schema: { type: 'string' } },
          { name: say.token('visit'), in: 'cookie', description: say.text('Visit'), schema: { type: 'string' } },
        ],
        responses: {
          200: {
            description: say.text('The orders'),
            headers: {
              [say.token('X-Total')]: { description: say.text('How many'), schema: { type: 'integer' } },
            },
            content: {
              'application/json': {
                schema: { type: 'array', items: order, description: say.text('Newest first') },
                examples: { [say.text('none')]: { value: [], description: say.text('No orders') } },
              },
            },
            links: {
              [say.text('first')]: { operationId: say.text('get an order'), description: say.text('The first') },
            },
          },
          default: { $ref: `#/components/responses/${escaped(say.name('Problem'))}` },
        },
        [`x-${say.text('operation')}`]: say.text('extension'),
      },
      post: {
        operationId: say.text('make an order'),
        tags: [say.text('admin')],
        description: say.text('Makes one'),
        security: secured,
        requestBody: {
          description: say.text('The order'),
          content: {
            [`application/${say.token('vnd.shop')}+json`]: { schema: order },
            'application/x-www-form-urlencoded': {
              schema: { type: 'object', properties: { [say.text('id')]: { type: 'string' } } },
              encoding: { [say.text('id')]: { style: 'form' } },
            },
          },
        },
        callbacks: {
          [say.text('shipped')]: {
            [say.text('{$request.body#/url}')]: { post: { responses: { 200: { description: say.text('ok') } } } },
          },
        },
        responses: {
          201: {
            description: say.text('Made'),
            content: { [`application/json; profile="${say.token('order')}"`]: { schema: order } },
          },
        },
      },
    },
    [`/${id}/${say.segment('detail')}/{orderId}`]: {
      get: {
        operationId: say.text('get an order'),
        deprecated: true,
        security: secured,
        parameters: [
          {
            name: 'orderId',
            in: 'path',
            required: true,
            description: say.text('Its id'),
            schema: { type: 'string', pattern: `^${say.pattern('[a-z0-9-]+')}$`, example: say.text('o-1') },
          },
        ],
        responses: { 200: { description: say.text('It'), content: { 'application/json': { schema: order } } } },
      },
    },
    [`/${id}/${say.segment('file')}/{${say.segment('name')}}`]: {
      get: {
        security: secured,
        parameters: [{ name: say.segment('name'), in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: {
            description: say.text('It'),
            content: { [`text/${say.token('plain')}`]: { schema: { type: 'string' } } },
          },
        },
      },
    },
  }
}

function schemas(say: Say): object {
  return {
    [say.name('Order')]: {
      $comment: say.text('Nobody reads this'),
      title: say.text('Order'),
      description: say.text('What somebody ordered'),
      type: 'object',
      required: [say.text('id')],
      properties: {
        [say.text('id')]: {
          type: 'string',
          description: say.text('Its id'),
          default: say.text('o-0'),
          examples: [say.text('o-1')],
        },
        [say.text('state')]: {
          enum: [say.text('open'), say.text('closed')],
          'x-enum-descriptions': [say.text('Open'), say.text('Closed')],
        },
        [say.text('kind')]: { const: say.text('order') },
        [say.text('sku')]: {
          type: 'string',
          pattern: say.pattern('sku'),
          format: say.text('sku'),
          contentMediaType: say.text('text/x'),
        },
        [say.text('note')]: {
          type: ['string', 'null'],
          deprecated: true,
          [`x-${say.text('schema')}`]: { [say.text('deep')]: say.text('x') },
        },
        [say.text('payment')]: reference(say.name('Payment')),
        [say.text('labels')]: {
          type: 'object',
          patternProperties: { [say.pattern('^l-')]: { type: 'string', description: say.text('A label') } },
          propertyNames: { pattern: say.pattern('l') },
          additionalProperties: false,
        },
        [say.text('related')]: { type: 'array', items: reference(say.name('Order')) },
      },
      dependentRequired: { [say.text('note')]: [say.text('state')] },
      xml: { name: say.text('order'), namespace: say.text('urn:order') },
      externalDocs: { url: say.text('https://docs.example'), description: say.text('More') },
      example: { [say.text('id')]: say.text('o-1') },
    },
    [say.name('Payment')]: {
      oneOf: [reference(say.name('Card')), reference(say.name('Cash'))],
      discriminator: {
        propertyName: say.text('method'),
        mapping: {
          [say.text('card')]: `#/components/schemas/${escaped(say.name('Card'))}`,
          [say.text('cash')]: `#/components/schemas/${escaped(say.name('Cash'))}`,
        },
      },
    },
    [say.name('Card')]: {
      type: 'object',
      required: [say.text('method')],
      properties: {
        [say.text('method')]: { type: 'string' },
        [say.text('number')]: { type: 'string', writeOnly: true },
      },
    },
    [say.name('Cash')]: {
      type: 'object',
      required: [say.text('method')],
      properties: { [say.text('method')]: { type: 'string' }, [say.text('given')]: { type: 'number', readOnly: true } },
    },
  }
}

function reference(name: string): object {
  return { $ref: `#/components/schemas/${escaped(name)}` }
}

/** A name within a JSON pointer within a URI fragment (RFC 6901 section 6). A URI cannot contain a lone surrogate. */
function escaped(name: string): string {
  const pointer = name.replaceAll('~', '~0').replaceAll('/', '~1')
  return pointer.replaceAll(/[^A-Za-z0-9\-._~!$&'()*+,;=:@\ud800-\udfff]/gu, (char) => encodeURIComponent(char))
}
