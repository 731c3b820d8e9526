'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useCart } from './use-cart.ts'

/** Asks for the page again when the cart changed elsewhere: in another tab, or in the drawer. */
export function CartFollower() {
  const router = useRouter()
  const { units } = useCart()
  const known = useRef(units)
  useEffect(() => {
    if (known.current !== null && units !== known.current) router.refresh()
    known.current = units
  }, [units, router])
  return null
}
