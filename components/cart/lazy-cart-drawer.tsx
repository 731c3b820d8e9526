import { type ComponentProps, lazy, Suspense } from 'react'
import type { CartDrawer } from './cart-drawer.tsx'

const load = () => import('./cart-drawer.tsx')

/** Fetches the drawer's code when a pointer or the keyboard comes near, so that it is there at the click. */
export const loadCartDrawer = () => void load()

const Drawer = lazy(async () => ({ default: (await load()).CartDrawer }))

export function LazyCartDrawer(props: ComponentProps<typeof CartDrawer>) {
  return (
    <Suspense fallback={null}>
      <Drawer {...props} />
    </Suspense>
  )
}
