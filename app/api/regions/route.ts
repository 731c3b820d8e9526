import type { NextRequest } from 'next/server'
import { citiesOf, districtsOf, findRegion, PROVINCES } from '#lib/checkout/china-regions.ts'

/** The cities of a province with their districts, for a form that suggests them. 404 for what is no province. */
export function GET(request: NextRequest): Response {
  const province = findRegion(PROVINCES, request.nextUrl.searchParams.get('province') ?? '')
  if (!province) return new Response(null, { status: 404 })
  const cities = citiesOf(province.code).map(({ code, name }) => ({
    name,
    districts: districtsOf(code).map((district) => district.name),
  }))
  return Response.json({ cities }, { headers: { 'cache-control': 'public, max-age=86400' } })
}
