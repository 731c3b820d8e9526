export const ZONES = ['mainland', 'greater_china', 'asia', 'europe', 'overseas'] as const
/** What a parcel costs depends on the zone, not on the country. */
export type Zone = (typeof ZONES)[number]

const IN_ZONE = {
  mainland: ['CN'],
  greater_china: ['HK', 'MO', 'TW'],
  asia: ['JP', 'KR', 'SG', 'MY', 'TH', 'VN'],
  europe: ['AT', 'BE', 'CH', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'IE', 'IT', 'LU', 'NL', 'NO', 'PL', 'PT', 'SE'],
  overseas: ['AU', 'BR', 'CA', 'MX', 'NZ', 'US'],
} as const satisfies Record<Zone, readonly string[]>

/** ISO 3166-1 alpha-2 codes of the places we send parcels to. */
export type Destination = (typeof IN_ZONE)[Zone][number]

const zoneOf = new Map<string, Zone>(ZONES.flatMap((zone) => IN_ZONE[zone].map((country) => [country, zone] as const)))

export const DESTINATIONS = [...zoneOf.keys()] as readonly Destination[]
export const isDestination = (code: string): code is Destination => zoneOf.has(code)

/** The zone of a place that we send to. */
export function zoneOfDestination(destination: Destination): Zone {
  const zone = zoneOf.get(destination)
  if (!zone) throw new RangeError(`no zone for ${destination}`)
  return zone
}
