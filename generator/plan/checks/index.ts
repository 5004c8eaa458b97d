import type { Model } from '../../model/types.ts'
import type { Code, Diagnostics } from '../../support/index.ts'
import type { ClientDraft, RouteDraft } from '../draft/types.ts'
import { accessUndecided } from './accessUndecided.ts'
import { ambiguousBind } from './ambiguousBind.ts'
import { ambiguousOperationId } from './ambiguousOperationId.ts'
import { audienceNone } from './audienceNone.ts'
import { badAddress } from './badAddress.ts'
import { boundAndOwned } from './boundAndOwned.ts'
import { boundFraming } from './boundFraming.ts'
import { boundParameterInPath } from './boundParameterInPath.ts'
import { boundTwice } from './boundTwice.ts'
import { boundVariant } from './boundVariant.ts'
import { callerCredentialOnPublic } from './callerCredentialOnPublic.ts'
import { callerOfPublic } from './callerOfPublic.ts'
import { certificateOfOperation } from './certificateOfOperation.ts'
import type { Check, Checks, Finding } from './check.ts'
import { clashingCredentials } from './clashingCredentials.ts'
import { contradictoryAccess } from './contradictoryAccess.ts'
import { corsOrigin } from './corsOrigin.ts'
import { coveredOwnPath } from './coveredOwnPath.ts'
import { credentialHeader } from './credentialHeader.ts'
import { deadSelector } from './deadSelector.ts'
import { droppedHeader } from './droppedHeader.ts'
import { emptyClient } from './emptyClient.ts'
import { exceptForOutsiders } from './exceptForOutsiders.ts'
import { exceptOfOperation } from './exceptOfOperation.ts'
import { expressionCheck } from './expressions.ts'
import { fieldlessForm } from './fieldlessForm.ts'
import { hostlessRedirect } from './hostlessRedirect.ts'
import { idleBodyLimit } from './idleBodyLimit.ts'
import { idleExcept } from './idleExcept.ts'
import { idleOverride } from './idleOverride.ts'
import { idleRedirect } from './idleRedirect.ts'
import { inventedParameter } from './inventedParameter.ts'
import { keptServiceId } from './keptServiceId.ts'
import { keyHeader } from './keyHeader.ts'
import { longClockSkew } from './longClockSkew.ts'
import { lostParameter } from './lostParameter.ts'
import { loweredCeiling } from './loweredCeiling.ts'
import { malformedClaim } from './malformedClaim.ts'
import { malformedPath } from './malformedPath.ts'
import { malformedSelector } from './malformedSelector.ts'
import { noAddress } from './noAddress.ts'
import { noAuthenticator } from './noAuthenticator.ts'
import { overrideWithoutReason } from './overrideWithoutReason.ts'
import { ownOfOtherInput } from './ownOfOtherInput.ts'
import { preventedLimit } from './preventedLimit.ts'
import { proxyForEverybody } from './proxyForEverybody.ts'
import { publicDespiteSpec } from './publicDespiteSpec.ts'
import { publicHost } from './publicHost.ts'
import { publicWithoutReason } from './publicWithoutReason.ts'
import { readOnlyVariant } from './readOnlyVariant.ts'
import { redirectHost } from './redirectHost.ts'
import { refusedSlash } from './refusedSlash.ts'
import { reservedPath } from './reservedPath.ts'
import { rivalAuthenticators } from './rivalAuthenticators.ts'
import { routeConflict } from './routeConflict.ts'
import { schemeWithoutCredential } from './schemeWithoutCredential.ts'
import { selectorsDisagree } from './selectorsDisagree.ts'
import { severalServers } from './severalServers.ts'
import { sharedMark } from './sharedMark.ts'
import { sharedPath } from './sharedPath.ts'
import { strippedNothing } from './strippedNothing.ts'
import { tokenlessCaller } from './tokenlessCaller.ts'
import { trustedProxy } from './trustedProxy.ts'
import { twoDefaults } from './twoDefaults.ts'
import { undecidedRedirect } from './undecidedRedirect.ts'
import { undecidedRule } from './undecidedRule.ts'
import { unfitClaim } from './unfitClaim.ts'
import { unfitCredential } from './unfitCredential.ts'
import { unholdableGrant } from './unholdableGrant.ts'
import { unknownAuthenticator } from './unknownAuthenticator.ts'
import { unknownBind } from './unknownBind.ts'
import { unknownParameter } from './unknownParameter.ts'
import { unknownRule } from './unknownRule.ts'
import { unknownScheme } from './unknownScheme.ts'
import { unmappedScheme } from './unmappedScheme.ts'
import { unprojectedForOutsiders } from './unprojectedForOutsiders.ts'
import { unsafeUnderSafe } from './unsafeUnderSafe.ts'
import { unsentCredential } from './unsentCredential.ts'
import { unsentHeader } from './unsentHeader.ts'
import { untrustedAlgorithm } from './untrustedAlgorithm.ts'
import { unusedAuthenticator } from './unusedAuthenticator.ts'
import { unusedRule } from './unusedRule.ts'
import { unusedServer } from './unusedServer.ts'
import { unusedService } from './unusedService.ts'
import { unverifiedTls } from './unverifiedTls.ts'
import { requiredHeader, withheldHeader } from './withheldHeader.ts'
import { withheldLogin } from './withheldLogin.ts'
import { selectorOf } from './wording.ts'

/** All checks of this stage, in the order of the catalogue. Operations without a draft are reported in `unserved.ts`. */
export const checks = {
  GW3001: accessUndecided,
  GW3002: unmappedScheme,
  GW3003: publicDespiteSpec,
  GW3004: publicWithoutReason,
  GW3005: overrideWithoutReason,
  GW3006: idleOverride,
  GW3007: noAuthenticator,
  GW3008: contradictoryAccess,
  GW3009: callerOfPublic,
  GW3010: expressionCheck('GW3010'),
  GW3011: expressionCheck('GW3011'),
  GW3012: expressionCheck('GW3012'),
  GW3013: expressionCheck('GW3013'),
  GW3014: expressionCheck('GW3014'),
  GW3015: malformedClaim,
  GW3016: ownOfOtherInput,
  GW3017: unholdableGrant,
  GW3018: callerCredentialOnPublic,
  GW3101: deadSelector,
  GW3102: malformedSelector,
  GW3103: selectorsDisagree,
  GW3104: ambiguousOperationId,
  GW3107: malformedPath,
  GW3108: lostParameter,
  GW3109: inventedParameter,
  GW3110: boundParameterInPath,
  GW3111: unsafeUnderSafe,
  GW3112: reservedPath,
  GW3113: routeConflict,
  GW3114: sharedPath,
  GW3115: emptyClient,
  GW3116: coveredOwnPath,
  GW3120: unknownParameter,
  GW3121: refusedSlash,
  GW3122: idleRedirect,
  GW3201: unknownBind,
  GW3202: ambiguousBind,
  GW3203: unfitClaim,
  GW3204: withheldHeader,
  GW3205: requiredHeader,
  GW3206: boundAndOwned,
  GW3207: unprojectedForOutsiders,
  GW3209: idleBodyLimit,
  GW3210: boundFraming,
  GW3211: boundTwice,
  GW3212: fieldlessForm,
  GW3213: boundVariant,
  GW3214: readOnlyVariant,
  GW3218: withheldLogin,
  GW3301: noAddress,
  GW3302: badAddress,
  GW3303: severalServers,
  GW3304: unusedServer,
  GW3305: unknownScheme,
  GW3306: schemeWithoutCredential,
  GW3307: unfitCredential,
  GW3308: clashingCredentials,
  GW3309: credentialHeader,
  GW3310: tokenlessCaller,
  GW3311: certificateOfOperation,
  GW3312: unknownAuthenticator,
  GW3313: unusedAuthenticator,
  GW3314: untrustedAlgorithm,
  GW3315: keyHeader,
  GW3316: rivalAuthenticators,
  GW3317: keptServiceId,
  GW3318: twoDefaults,
  GW3319: corsOrigin,
  GW3321: unusedService,
  GW3322: publicHost,
  GW3323: trustedProxy,
  GW3324: strippedNothing,
  GW3325: audienceNone,
  GW3326: preventedLimit,
  GW3327: sharedMark,
  GW3330: proxyForEverybody,
  GW3331: longClockSkew,
  GW3332: unverifiedTls,
  GW3333: undecidedRedirect,
  GW3334: redirectHost,
  GW3335: loweredCeiling,
  GW3336: hostlessRedirect,
  GW3337: unsentCredential,
  GW3338: unsentHeader,
  GW3343: droppedHeader,
  GW3500: unknownRule,
  GW3501: undecidedRule,
  GW3502: unusedRule,
  GW3503: exceptForOutsiders,
  GW3504: idleExcept,
  GW3505: exceptOfOperation,
} as const satisfies Checks

/** Checks that would find what a part with an error uses, or that compare a setting with one that has an error. */
const ofWhole: readonly Code[] = ['GW3115', 'GW3313', 'GW3321', 'GW3326', 'GW3502']

/**
 * Runs all checks over all drafts.
 *
 * @param complete whether no part of the manifest was left out because of an error
 */
export function runChecks(
  clients: readonly ClientDraft[],
  model: Model,
  complete: boolean,
  diagnostics: Diagnostics,
): void {
  for (const [code, check] of Object.entries(checks) as [Code, Check][]) {
    if (!complete && ofWhole.includes(code)) continue
    for (const finding of findingsOf(check, clients, model)) diagnostics.report({ code, ...finding })
  }
}

function findingsOf(check: Check, clients: readonly ClientDraft[], model: Model): readonly Finding[] {
  switch (check.of) {
    case 'manifest':
      return check.find(clients, model)
    case 'client':
      return clients.flatMap((client) => check.find(client))
    case 'route':
      return clients.flatMap((client) =>
        client.routes.flatMap((route) => check.find(route, client).map((finding) => about(route, finding))),
      )
  }
}

/** A finding about a route. Those about other routes have the same cause if only names and paths differ. */
function about(route: RouteDraft, finding: Finding): Finding {
  const { message, remedy = null } = finding
  const names = [selectorOf(route), `\`${route.path.text}\``]
  const cause = names.reduce((text, name) => text.replaceAll(name, '*'), `${message}\n${remedy ?? ''}`)
  return { subject: selectorOf(route), cause, ...finding }
}
