import { type ComponentProps, type ComponentType, lazy, Suspense, useEffect } from 'react'
import type { CartDrawer } from './cart-drawer.tsx'

const load = () => import('./cart-drawer.tsx')

type Props = ComponentProps<typeof CartDrawer>

/** Fetches the drawer's code when a pointer or the keyboard comes near, so that it is there at the click. */
export const loadCartDrawer = () => void load().catch(() => undefined)

const Drawer = lazy<ComponentType<Props>>(() =>
  load().then(
    ({ CartDrawer }) => ({ default: CartDrawer }),
    () => ({ default: CartPageInstead }),
  ),
)

/** When the code cannot be had, after a new version for one, the page shows the same. */
function CartPageInstead({ href }: Props) {
  useEffect(() => location.assign(href), [href])
  return null
}

export function LazyCartDrawer(props: Props) {
  return (
    <Suspense fallback={null}>
      <Drawer {...props} />
    </Suspense>
  )
}
