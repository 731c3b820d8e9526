import { getTranslations } from 'next-intl/server'
import type { NavGroup } from '#components/office/office-nav.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import { OFFICE_ROOMS } from '#lib/office-rooms.ts'

const GROUPS = ['orders', 'shop', 'money', 'house'] as const

/** The rooms of the office in words, group by group; a group without a room is left out. */
export async function navigationFor(locale: Locale): Promise<readonly NavGroup[]> {
  const t = await getTranslations('office')
  return GROUPS.map((group) => ({
    title: t(`groups.${group}`),
    rooms: OFFICE_ROOMS.filter((room) => room.group === group).map(({ name, path, key }) => ({
      label: t(`rooms.${name}`),
      href: path(locale),
      key,
    })),
  })).filter(({ rooms }) => rooms.length > 0)
}
