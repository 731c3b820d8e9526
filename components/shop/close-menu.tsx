'use client'
import { usePathname } from 'next/navigation'
import { useEffect } from 'react'

/** Puts the menu away when it has led to another page; before JavaScript a link loads a page without the menu open. */
export function CloseMenu({ menuId }: { menuId: string }) {
  const pathname = usePathname()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what it waits for.
  useEffect(() => {
    const menu = document.getElementById(menuId)
    if (menu?.matches(':popover-open')) menu.hidePopover()
  }, [pathname, menuId])
  return null
}
