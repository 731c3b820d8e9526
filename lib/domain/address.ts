import type { Destination } from './destinations.ts'

/** Addresses that one customer can keep. */
export const MOST_ADDRESSES = 30

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

/** The parts of an address that go on the parcel; `country` as it is to be read. */
export type PrintedAddress = Omit<Address, 'country' | 'phone'> & { readonly country: string }

/** An address line by line: Chinese ones from large to small, others from small to large. */
export function addressLines(address: PrintedAddress, inChina: boolean): readonly string[] {
  const { recipient, country, region, city, district, street, street2, postcode } = address
  const joined = (...parts: readonly (string | null)[]) => parts.filter(Boolean).join(' ')
  const lines: readonly (string | null)[] = inChina
    ? [recipient, joined(region, city, district), joined(street, street2), postcode]
    : [recipient, street, street2, joined(postcode, city), region, country]
  return lines.filter((line): line is string => Boolean(line))
}
