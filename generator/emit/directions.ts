import type ts from 'typescript'
import { typescript } from './printer.ts'
import { schemaNamed } from './schemaTypes.ts'

const { factory } = typescript

/**
 * Writes `Writable<...>` around the types of an operation's request bodies, and `Readable<...>` around those of its answers,
 * in place, where these have members of the other direction. So the types hold for each openapi-fetch: only 0.17.0 and
 * newer apply the two themselves. `differing`: names of the schemas that have such members, or lead to them.
 */
export function createDirecting(differing: ReadonlySet<string>): (operation: ts.PropertySignature) => void {
  const differs = (node: ts.Node): boolean => {
    const name = schemaNamed(node)
    if (name !== null) return differing.has(name)
    return isMark(node) || typescript.forEachChild(node, differs) === true
  }

  const direct = (contents: ts.PropertySignature | undefined, helper: 'Readable' | 'Writable'): void => {
    for (const member of membersOf(contents?.type)) {
      const { type } = member
      if (type !== undefined && differs(type))
        Object.assign(member, { type: factory.createTypeReferenceNode(helper, [type]) })
    }
  }

  return ({ type }) => {
    direct(memberOf(memberOf(type, 'requestBody')?.type, 'content'), 'Writable')
    for (const answer of membersOf(memberOf(type, 'responses')?.type))
      direct(memberOf(answer.type, 'content'), 'Readable')
  }
}

function isMark(node: ts.Node): boolean {
  if (!typescript.isTypeReferenceNode(node) || !typescript.isIdentifier(node.typeName)) return false
  return node.typeName.text === '$Read' || node.typeName.text === '$Write'
}

function memberOf(type: ts.TypeNode | undefined, name: string): ts.PropertySignature | undefined {
  return membersOf(type).find((one) => typescript.isIdentifier(one.name) && one.name.text === name)
}

function membersOf(type: ts.TypeNode | undefined): readonly ts.PropertySignature[] {
  if (type === undefined || !typescript.isTypeLiteralNode(type)) return []
  return type.members.filter((member) => typescript.isPropertySignature(member))
}
