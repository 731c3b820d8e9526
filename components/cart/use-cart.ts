import { useSyncExternalStore } from 'react'
import { type CartState, cartState, serverCartState, subscribeToCart } from './cart-store.ts'

export const useCart = (): CartState => useSyncExternalStore(subscribeToCart, cartState, serverCartState)
