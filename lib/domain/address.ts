import type { Destination } from './destinations.ts'

/** Where a parcel goes. What is null does not exist in the addresses of that country. */
export type Address = {
  readonly recipient: string
  readonly phone: string
  readonly country: Destination
  /** Province in China; state, county or the like elsewhere. */
  readonly region: string | null
  readonly city: string
  /** China only. */
  readonly district: string | null
  readonly street: string
  readonly street2: string | null
  readonly postcode: string | null
}
