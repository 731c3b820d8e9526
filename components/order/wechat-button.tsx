'use client'
import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'

type Said = 'cancelled' | 'failed' | 'outside'
type Bridge = {
  invoke(call: string, parameters: object, answer: (said: { err_msg: string }) => void): void
}
const bridge = (): Bridge | undefined => (window as { WeixinJSBridge?: Bridge }).WeixinJSBridge
/** WeChat puts its bridge into the page some time after it has loaded. */
const PATIENCE_MS = 3_000

/** Asks WeChat's own browser to let the buyer pay: by itself when the address says `go`, and by its button. */
export function WechatButton({
  parameters,
  paidHref,
  label,
  said,
}: {
  parameters: Readonly<Record<string, string>>
  /** Where to go once WeChat says that it is paid; only our own order page knows whether it is. */
  paidHref: string
  label: string
  said: Readonly<Record<Said, string>>
}) {
  const [problem, setProblem] = useState<Said | null>(null)

  const pay = (patienceMs: number) => {
    setProblem(null)
    const here = bridge()
    if (here) {
      here.invoke('getBrandWCPayRequest', parameters, ({ err_msg: outcome }) => {
        if (outcome === 'get_brand_wcpay_request:ok') window.location.assign(paidHref)
        else setProblem(outcome === 'get_brand_wcpay_request:cancel' ? 'cancelled' : 'failed')
      })
      return
    }
    const late = setTimeout(() => setProblem('outside'), patienceMs)
    const ready = () => {
      clearTimeout(late)
      if (bridge()) pay(0)
    }
    document.addEventListener('WeixinJSBridgeReady', ready, { once: true })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page has been opened to pay
  useEffect(() => {
    const address = new URL(window.location.href)
    if (!address.searchParams.has('go')) return
    address.searchParams.delete('go')
    window.history.replaceState(null, '', address)
    pay(PATIENCE_MS)
  }, [])

  return (
    <>
      <Button type="button" onClick={() => pay(PATIENCE_MS)}>
        {label}
      </Button>
      <p className="order-said" role="alert" hidden={problem === null}>
        {problem && said[problem]}
      </p>
    </>
  )
}
