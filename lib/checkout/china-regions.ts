import { areaList } from '@vant/area-data'

/** Hong Kong, Macao and Taiwan are addressed, and priced, as destinations of their own. */
const ELSEWHERE = ['71', '81', '82']

export type Region = { readonly code: string; readonly name: string }

const named = (list: Readonly<Record<string, string>>): readonly Region[] =>
  Object.entries(list).map(([code, name]) => ({ code, name }))

/** The 31 mainland provinces; their code is the first two digits of GB/T 2260. */
export const PROVINCES: readonly Region[] = named(areaList.province_list)
  .map(({ code, name }) => ({ code: code.slice(0, 2), name }))
  .filter(({ code }) => !ELSEWHERE.includes(code))

const cities = named(areaList.city_list)
const districts = named(areaList.county_list)

/** The cities of a province, by its two-digit code. */
export const citiesOf = (province: string): readonly Region[] => cities.filter(({ code }) => code.startsWith(province))
/** The districts of a city, by its six-digit code. */
export const districtsOf = (city: string): readonly Region[] =>
  districts.filter(({ code }) => code.startsWith(city.slice(0, 4)))

/** 上海 and 上海市 are the same place; so are 浦东 and 浦东新区. */
const SUFFIX = /(?:特别行政区|自治区|自治州|自治县|地区|新区|林区|盟|市|区|县|旗)$/
const bare = (name: string) => name.replace(SUFFIX, '')

/** The region of that name among `regions`, with or without its suffix; null when there is none. */
export function findRegion(regions: readonly Region[], name: string): Region | null {
  return (
    regions.find((region) => region.name === name) ?? regions.find((region) => bare(region.name) === bare(name)) ?? null
  )
}
