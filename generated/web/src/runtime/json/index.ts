export { canonicalNumber, compare, type Decimal, isMultiple, isWhole, losesDigits, toDecimal } from './decimal.ts'
export {
  answerDepth,
  type Json,
  type JsonFault,
  parseAnswer,
  parseData,
  parseJson,
  parseJsonText,
  requestDepth,
} from './parse.ts'
export { stringifyJson } from './print.ts'
export { hasLoneSurrogate, maxNumber } from './reader.ts'
export { isArray, isObject, JsonNumber, type JsonObject, type JsonValue, member } from './value.ts'
export { TooMuchWork, work } from './work.ts'
