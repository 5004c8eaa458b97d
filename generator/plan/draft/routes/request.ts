import type { Bind, RequestPolicy } from '../../../../templates/runtime/vocabulary.ts'
import { inherited } from '../../../../templates/runtime/words/inherited.ts'
import { bodyLimit, essenceOf, isJson } from '../../../../templates/runtime/words/mediaTypes.ts'
import type { BodyModel, ParameterModel } from '../../../model/types.ts'
import { decidedMembers, type ResolvedAt } from '../../../settings/index.ts'

/** What a client may send, derived from the operation. */
export function requestPolicy(
  path: readonly string[],
  admitted: readonly ParameterModel[],
  body: BodyModel | null,
  bind: readonly Bind[],
  settings: ResolvedAt<'selector'>,
): RequestPolicy {
  const named = (place: ParameterModel['in']): readonly string[] =>
    admitted
      .filter((parameter) => parameter.in === place)
      .map(({ name }) => name)
      .sort()
  const maxBody = settings.maxBody.value
  const types = body === null ? null : acceptedTypes(body, bind)
  return {
    path,
    query: named('query'),
    header: named('header'),
    cookie: named('cookie'),
    body: types,
    bind,
    ...decidedMembers(inherited.request, settings),
    maxBody: bodyLimit(types, maxBody),
  }
}

/** In the order of the spec. Members can be bound in JSON only, so with such a bind other types are not accepted. */
function acceptedTypes(body: BodyModel, bind: readonly Bind[]): readonly string[] {
  const types = body.content.map(({ type }) => type)
  return bind.some((one) => one.in === 'body') ? types.filter((type) => isJson(essenceOf(type))) : types
}
