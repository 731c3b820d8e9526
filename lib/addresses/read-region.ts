import { bareRegionName, citiesOf, districtsOf, PROVINCES, type Region } from '../checkout/china-regions.ts'

export type FoundRegion = {
  readonly region: string
  readonly city: string
  readonly district: string
  /** What follows the region in the text. */
  readonly rest: string
}

/** A region at the beginning of a text, and what follows it; `whole` when its name was written out with its suffix. */
type Start = { readonly found: Region; readonly rest: string; readonly whole: boolean }

const CITIES = PROVINCES.flatMap(({ code }) => citiesOf(code))
/** What the list calls the cities of places that have none above them; nobody writes it. */
const isWritten = ({ name }: Region) => !/直辖/.test(name)

/** @param breaks what may stand between the names of regions. */
export function readRegion(text: string, breaks: RegExp): FoundRegion | null {
  const skip = (rest: string) => rest.replace(breaks, '')
  const endsHere = (rest: string) => rest === '' || skip(rest) !== rest

  const below = (province: Region, rest: string): FoundRegion | null => {
    const cities = citiesOf(province.code)
    for (const { found, ...start } of startsWith(cities.filter(isWritten), rest)) {
      const deeper = districtIn([found], start.rest)
      if (deeper) return { region: province.name, ...deeper }
      if (start.whole || endsHere(start.rest))
        return { region: province.name, city: found.name, district: '', rest: skip(start.rest) }
    }
    const deeper = districtIn(cities, rest)
    return deeper && { region: province.name, ...deeper }
  }
  /** A name that is cut short counts only where nothing follows: 西湖大道 is no district. */
  const districtIn = (cities: readonly Region[], rest: string) => {
    for (const city of cities) {
      const start = startsWith(districtsOf(city.code), skip(rest)).find((one) => one.whole || endsHere(one.rest))
      if (start) return { city: city.name, district: start.found.name, rest: skip(start.rest) }
    }
    return null
  }

  for (const { found, rest, whole } of startsWith(PROVINCES, text)) {
    const deeper = below(found, skip(rest))
    if (deeper) return deeper
    if (whole || (endsHere(rest) && rest !== ''))
      return { region: found.name, city: '', district: '', rest: skip(rest) }
  }
  for (const { found, rest, whole } of startsWith(CITIES.filter(isWritten), text)) {
    const province = PROVINCES.find(({ code }) => code === found.code.slice(0, 2))
    const deeper = districtIn([found], rest)
    if (province && deeper) return { region: province.name, ...deeper }
    if (province && whole) return { region: province.name, city: found.name, district: '', rest: skip(rest) }
  }
  return null
}

/** The regions that a text begins with, the longest reading first. */
function startsWith(regions: readonly Region[], text: string): readonly Start[] {
  return regions
    .flatMap((found): Start[] => {
      const bare = bareRegionName(found.name)
      if (text.startsWith(found.name)) return [{ found, rest: text.slice(found.name.length), whole: true }]
      if (bare.length > 1 && text.startsWith(bare)) return [{ found, rest: text.slice(bare.length), whole: false }]
      return []
    })
    .sort((a, b) => a.rest.length - b.rest.length)
}
