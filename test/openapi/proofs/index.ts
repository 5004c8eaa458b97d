import type { Proofs } from '../proof.ts'
import * as bodies from './bodies.ts'
import * as discriminator from './discriminator.ts'
import * as document from './document.ts'
import * as formats from './formats.ts'
import * as parameters from './parameters.ts'
import * as responses from './responses.ts'
import * as schema from './schema.ts'
import * as security from './security.ts'

/** The proofs of every section of docs/openapi-support.md, by its heading. */
export const proofs: Readonly<Record<string, Proofs>> = {
  'OpenAPI Object': document.openapiProofs,
  'Info Object': document.infoProofs,
  'Contact Object': document.contactProofs,
  'License Object': document.licenseProofs,
  'Server Object': document.serverProofs,
  'Server Variable Object': document.serverVariableProofs,
  'Components Object': document.componentsProofs,
  'Paths Object': document.pathsProofs,
  'Path Item Object': document.pathItemProofs,
  'Operation Object': document.operationProofs,
  'External Documentation Object': document.externalDocsProofs,
  'Parameter Object': parameters.parameterProofs,
  'Request Body Object': bodies.requestBodyProofs,
  'Media Type Object': bodies.mediaTypeProofs,
  'Encoding Object': bodies.encodingProofs,
  'Responses Object': responses.responsesProofs,
  'Response Object': responses.responseProofs,
  'Header Object': responses.headerProofs,
  'Example Object': bodies.exampleProofs,
  'Link Object': responses.linkProofs,
  'Callback Object': responses.callbackProofs,
  'Tag Object': document.tagProofs,
  'Reference Object': document.referenceProofs,
  'Schema Object': schema.schemaProofs,
  Formats: formats.formatProofs,
  'Discriminator Object': discriminator.discriminatorProofs,
  'XML Object': discriminator.xmlProofs,
  'Security Scheme Object': security.securitySchemeProofs,
  'OAuth Flows Object': security.oauthFlowsProofs,
  'OAuth Flow Object': security.oauthFlowProofs,
  'Security Requirement Object': security.securityRequirementProofs,
  'Specification Extensions': security.extensionProofs,
}
