import { type AttemptState, isOpenAttempt } from '../domain/attempt-state.ts'
import type { BrowserAction, PaymentProvider, ProviderName, Scene } from '../payments/port.ts'
import type { PaymentRegistry } from '../payments/registry.ts'
import { type deviceOf, scenesFor } from './device-scenes.ts'

/** The scenes that a page of ours can start, in the order in which a computer offers them. */
const SCENES = ['page', 'qr', 'wap', 'form'] as const
export type OfferedScene = (typeof SCENES)[number]

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

/** What the provider needs to know of the way. @param quitUrl where a phone goes when its owner changes their mind. */
export function sceneOf(
  { scene }: PaymentMethod,
  { quitUrl, device }: { quitUrl: string; device: ReturnType<typeof deviceOf> },
): Scene {
  switch (scene) {
    case 'wap':
      return { kind: scene, quitUrl }
    case 'form':
      return { kind: scene, device }
    case 'page':
    case 'qr':
      return { kind: scene }
  }
}

/**
 * Those of the ways that make sense on the shopper's device, all of them where none would be left.
 * @param preferred the provider that the shopper chose before; its ways come first.
 */
export function methodsFor(
  headers: Pick<Headers, 'get'>,
  methods: readonly PaymentMethod[],
  preferred: string | undefined,
): readonly PaymentMethod[] {
  const scenes = scenesFor(headers)
  const fitting = methods.filter(({ scene }) => scenes.includes(scene))
  const shown = fitting.length > 0 ? fitting : methods
  const isPreferred = ({ provider }: PaymentMethod) => provider.name === preferred
  return [...shown.filter(isPreferred), ...shown.filter((method) => !isPreferred(method))]
}

/** What is waiting on our own page, when the way has such a thing: a code to scan that still holds, or a form to send. */
export function openAction(
  { provider, scene }: PaymentMethod,
  attempts: readonly {
    readonly provider: ProviderName
    readonly scene: string
    readonly state: AttemptState
    readonly action: BrowserAction | null
  }[],
  now: Date,
): Extract<BrowserAction, { kind: 'qr' | 'form' }> | null {
  const open = attempts.find(
    (attempt) => attempt.provider === provider.name && attempt.scene === scene && isOpenAttempt(attempt.state),
  )
  switch (open?.action?.kind) {
    case 'qr':
      return open.action.expiresAt > now ? open.action : null
    case 'form':
      return open.action
    default:
      return null
  }
}
