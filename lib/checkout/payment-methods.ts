import type { PaymentProvider, ProviderName, Scene } from '../payments/port.ts'
import type { PaymentRegistry } from '../payments/registry.ts'

/** The scenes that a page of ours can start, in the order in which a computer offers them. */
const SCENES = ['page', 'qr', 'wap'] as const
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
export const sceneOf = ({ scene }: PaymentMethod, quitUrl: string): Scene =>
  scene === 'wap' ? { kind: scene, quitUrl } : { kind: scene }
