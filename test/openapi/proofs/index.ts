import type { Proofs } from '../proof.ts'
import * as document from './document.ts'
import * as messages from './messages.ts'
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
  'Parameter Object': messages.parameterProofs,
  'Request Body Object': messages.requestBodyProofs,
  'Media Type Object': messages.mediaTypeProofs,
  'Encoding Object': messages.encodingProofs,
  'Responses Object': messages.responsesProofs,
  'Response Object': messages.responseProofs,
  'Header Object': messages.headerProofs,
  'Example Object': messages.exampleProofs,
  'Link Object': messages.linkProofs,
  'Callback Object': messages.callbackProofs,
  'Tag Object': document.tagProofs,
  'Reference Object': document.referenceProofs,
  'Schema Object': schema.schemaProofs,
  Formats: schema.formatProofs,
  'Discriminator Object': schema.discriminatorProofs,
  'XML Object': schema.xmlProofs,
  'Security Scheme Object': security.securitySchemeProofs,
  'OAuth Flows Object': security.oauthFlowsProofs,
  'OAuth Flow Object': security.oauthFlowProofs,
  'Security Requirement Object': security.securityRequirementProofs,
  'Specification Extensions': security.extensionProofs,
}
