import { type AttemptState, isOpenAttempt } from '../domain/attempt-state.ts'
import type { BrowserAction, PaymentProvider, ProviderName, Scene } from '../payments/port.ts'
import type { PaymentRegistry } from '../payments/registry.ts'
import { type deviceOf, type Place, scenesFor, whereElse } from './device-scenes.ts'

/** The scenes that a page of ours can start, in the order in which a computer offers them. */
const SCENES = ['page', 'qr', 'wap', 'h5', 'jsapi', 'form'] as const
export type OfferedScene = (typeof SCENES)[number]

/** Scenes that fail for sure where they don't belong, so that they are not offered on a wrong guess. */
const NOWHERE_ELSE: readonly OfferedScene[] = ['h5', 'jsapi']

/** One way to pay: a provider and a scene. */
export type PaymentMethod = {
  readonly id: `${ProviderName}_${OfferedScene}`
  readonly provider: PaymentProvider
  readonly scene: OfferedScene
}

/** The ways to pay that the shop's settings allow. */
export const offeredMethods = (providers: PaymentRegistry): readonly PaymentMethod[] =>
  [...providers.values()].flatMap((provider) =>
    SCENES.filter((scene) => provider.scenes.includes(scene)).map(
      (scene) => ({ id: `${provider.name}_${scene}`, provider, scene }) as const,
    ),
  )

export type Circumstances = {
  /** Where a phone goes when its owner changes their mind. */
  readonly quitUrl: string
  readonly device: ReturnType<typeof deviceOf>
  readonly payerIp: string
  /** Whom the provider knows the buyer as; null before they logged in there. */
  readonly openid: string | null
}

/** What the provider needs to know of the way. Null when the buyer has to log in at the provider first. */
export function sceneOf({ scene }: PaymentMethod, { quitUrl, device, payerIp, openid }: Circumstances): Scene | null {
  switch (scene) {
    case 'wap':
      return { kind: scene, quitUrl }
    case 'form':
      return { kind: scene, device }
    case 'h5':
      return { kind: scene, payerIp }
    case 'jsapi':
      return openid === null ? null : { kind: scene, openid }
    case 'page':
    case 'qr':
      return { kind: scene }
  }
}

/**
 * Those of the ways that make sense where the shopper is; where none would be left, all that may work all the same.
 * @param preferred the provider that the shopper chose before; its ways come first.
 */
export function methodsFor(
  headers: Pick<Headers, 'get'>,
  methods: readonly PaymentMethod[],
  preferred: string | undefined,
): readonly PaymentMethod[] {
  const scenes = scenesFor(headers)
  const fitting = methods.filter(({ scene }) => scenes.includes(scene))
  const shown = fitting.length > 0 ? fitting : methods.filter(({ scene }) => !NOWHERE_ELSE.includes(scene))
  const isPreferred = ({ provider }: PaymentMethod) => provider.name === preferred
  return [...shown.filter(isPreferred), ...shown.filter((method) => !isPreferred(method))]
}

/** The providers that can't be used where the shopper is, with where they can. @param shown the ways that are offered. */
export function elsewhere(
  headers: Pick<Headers, 'get'>,
  providers: ReadonlyMap<ProviderName, Pick<PaymentProvider, 'scenes'>>,
  shown: readonly Pick<PaymentMethod, 'provider'>[],
): readonly { readonly provider: ProviderName; readonly from: Place; readonly to: Place }[] {
  return [...providers].flatMap(([provider, { scenes }]) => {
    if (shown.some((method) => method.provider.name === provider)) return []
    const place = whereElse(headers, scenes)
    return place ? [{ provider, ...place }] : []
  })
}

/** What is waiting on our own page, when the way has such a thing: a code to scan, a form to send, a call of WeChat's browser. */
export function openAction(
  { provider, scene }: PaymentMethod,
  attempts: readonly {
    readonly provider: ProviderName
    readonly scene: string
    readonly state: AttemptState
    readonly action: BrowserAction | null
  }[],
): Exclude<BrowserAction, { kind: 'redirect' }> | null {
  const open = attempts.find(
    (attempt) => attempt.provider === provider.name && attempt.scene === scene && isOpenAttempt(attempt.state),
  )
  return open?.action && open.action.kind !== 'redirect' ? open.action : null
}

/** True once an action leads nowhere any more, though the attempt may still be paid. */
export const isOver = (action: BrowserAction, now: Date): boolean =>
  'expiresAt' in action && action.expiresAt !== undefined && action.expiresAt <= now
