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

const cities = Map.groupBy(named(areaList.city_list), ({ code }) => code.slice(0, 2))
const districts = Map.groupBy(named(areaList.county_list), ({ code }) => code.slice(0, 4))

/** The cities of a province, by its two-digit code. */
export const citiesOf = (province: string): readonly Region[] => cities.get(province) ?? []
/** The districts of a city, by its six-digit code. */
export const districtsOf = (city: string): readonly Region[] => districts.get(city.slice(0, 4)) ?? []

/** 上海 and 上海市 are the same place; so are 浦东 and 浦东新区, 广西 and 广西壮族自治区. */
const PEOPLES =
  '壮族|回族|维吾尔|藏族|羌族|彝族|土家族|苗族|侗族|布依族|朝鲜族|蒙古族|(?<!内)蒙古|哈萨克|柯尔克孜|傣族|景颇族|白族|哈尼族|傈僳族'
const SUFFIX = new RegExp(`(?:(?:${PEOPLES})*自治[区州县]|特别行政区|地区|新区|林区|[省盟市区县旗])$`)
/** Only these are remembered: what somebody types is not. */
const isRegionName = new Set(Object.values(areaList).flatMap((list) => Object.values(list)))
const bareNames = new Map<string, string>()
/** The name of a region without its suffix, as people say it: 浙江, 浦东. */
export function bareRegionName(name: string): string {
  const known = bareNames.get(name)
  if (known !== undefined) return known
  const bare = name.replace(SUFFIX, '')
  if (isRegionName.has(name)) bareNames.set(name, bare)
  return bare
}

/** The region of that name among `regions`, with or without its suffix; null when there is none. */
export function findRegion(regions: readonly Region[], name: string): Region | null {
  const whole = regions.find((region) => region.name === name)
  if (whole) return whole
  const short = bareRegionName(name)
  return (short !== '' && regions.find((region) => bareRegionName(region.name) === short)) || null
}
