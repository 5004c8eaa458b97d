import type { Bind, RequestPolicy } from '../../../../templates/runtime/vocabulary.ts'
import { essenceOf, isJson } from '../../../../templates/runtime/words/mediaTypes.ts'
import type { BodyModel, ParameterModel } from '../../../model/types.ts'
import { carriesFiles } from './media.ts'

/** Bytes of a body where the manifest says nothing. */
const defaultMaxBody = 1_048_576
/** The same for bodies that carry files. */
const defaultMaxUpload = 10_485_760

/** What a client may send, from what the operation declares. */
export function requestPolicy(
  path: readonly string[],
  admitted: readonly ParameterModel[],
  body: BodyModel | null,
  bind: readonly Bind[],
  undeclaredQuery: 'drop' | 'refuse',
  maxBody: number | null,
): RequestPolicy {
  const named = (place: ParameterModel['in']): readonly string[] =>
    admitted
      .filter((parameter) => parameter.in === place)
      .map(({ name }) => name)
      .sort()
  const types = body === null ? null : acceptedTypes(body, bind)
  return {
    path,
    query: named('query'),
    header: named('header'),
    cookie: named('cookie'),
    body: types,
    bind,
    undeclaredQuery,
    maxBody: types === null ? 0 : (maxBody ?? (types.some(carriesFiles) ? defaultMaxUpload : defaultMaxBody)),
  }
}

/** In the order of the spec. A member can be bound in JSON only, so beside such a bind no other type is accepted. */
function acceptedTypes(body: BodyModel, bind: readonly Bind[]): readonly string[] {
  const types = body.content.map(({ type }) => type)
  return bind.some((one) => one.in === 'body') ? types.filter((type) => isJson(essenceOf(type))) : types
}
