'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { announceChange } from './cart-store.ts'
import { useCart } from './use-cart.ts'

/** Keeps the cart page and the other tabs in step: it tells them that it was shown, and is asked for anew after them. */
export function CartFollower() {
  const router = useRouter()
  const { elsewhere } = useCart()
  const followed = useRef(elsewhere)
  useEffect(announceChange, [])
  useEffect(() => {
    if (elsewhere !== followed.current) router.refresh()
    followed.current = elsewhere
  }, [elsewhere, router])
  return null
}
