import { at, taking } from '../documents.ts'
import { documents, type Proof, type Proofs } from '../proof.ts'
import { annotates, both, type Case, isEnforced, marked, one, withholds } from './schema.ts'

const formatCases: Readonly<Record<string, Case>> = {
  'date-time': one({}, '2024-02-29T10:20:30Z', '2024-02-29 10:20'),
  date: one({}, '2024-02-29', '2023-02-29'),
  time: one({}, '10:20:30Z', '25:00:00Z'),
  duration: one({}, 'P1D', '1 day'),
  email: one({}, 'a@shop.example', 'a.shop.example'),
  hostname: one({}, 'shop.example', '-shop-'),
  ipv4: one({}, '10.0.0.1', '10.0.0.256'),
  ipv6: one({}, '::1', ':::1'),
  uri: one({}, 'https://shop.example/a', '/a b'),
  'uri-reference': one({}, '/a?b#c', '/a b'),
  'uri-template': one({}, '/a/{b}', '/a/{b'),
  uuid: one({}, '123e4567-e89b-12d3-a456-426614174000', '123e4567'),
  'json-pointer': one({}, '/a/0', 'a'),
  'relative-json-pointer': one({}, '1/a', '/a'),
  regex: one({}, '^a+$', '('),
  byte: one({}, 'YQ==', 'a'),
  int32: one({}, 2_147_483_647, 2_147_483_648),
  int64: one({}, 9_007_199_254_740_991, 1e19),
}

/** Proofs by format. Formats with a grammar are enforced; others are annotations. */
export const formatProofs: Proofs = {
  ...Object.fromEntries(
    Object.entries(formatCases).map(([format, of]) => [
      format,
      { enforced: isEnforced('format', { ...of, schema: { format }, versions: both }) },
    ]),
  ),
  ...Object.fromEntries(
    ['idn-email', 'idn-hostname', 'iri', 'iri-reference', 'float', 'double', 'binary', 'base64url'].map((format) => [
      format,
      { documented: annotates('format', format, both) },
    ]),
  ),
  password: { enforced: withholds('format', marked('format', 'password')), documented: annotatesPassword() },
}

function annotatesPassword(): Proof {
  return documents(
    { document: taking(marked('format', 'password')), at: `${at.body}/schema/properties/id/format` },
    '"format":"password"',
  )
}
