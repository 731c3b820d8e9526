import { getTranslations } from 'next-intl/server'
import type { NavGroup } from '#components/office/office-nav.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import { mayDo, type Role } from '#lib/domain/permissions.ts'
import { OFFICE_ROOMS } from '#lib/office-rooms.ts'

const GROUPS = ['orders', 'shop', 'money', 'house'] as const

/** The rooms that somebody of these roles may enter, group by group; a group without a room is left out. */
export async function navigationFor(locale: Locale, roles: readonly Role[]): Promise<readonly NavGroup[]> {
  const t = await getTranslations('office')
  const open = OFFICE_ROOMS.filter(({ permission }) => mayDo(roles, permission))
  return GROUPS.map((group) => ({
    title: t(`groups.${group}`),
    rooms: open
      .filter((room) => room.group === group)
      .map(({ name, path, key }) => ({
        label: t(`rooms.${name}`),
        href: path(locale),
        key,
      })),
  })).filter(({ rooms }) => rooms.length > 0)
}
