import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { PaymentProvider } from '../payments/port.ts'
import type { Result } from '../result.ts'
import { countGatewayCall } from './metrics.ts'
import { inPaymentTrace, orderOfTrade } from './payment-trace.ts'

type Asked = { readonly outTradeNo: string }
type Call<A extends Asked, T, E extends { code: string }> = (asked: A) => Promise<Result<T, E>>

/** The same provider, each of whose calls about a payment is a span of its trace and is counted with how it ended. */
export function observeProvider(provider: PaymentProvider): PaymentProvider {
  const seen =
    <A extends Asked, T, E extends { code: string }>(name: string, call: Call<A, T, E>): Call<A, T, E> =>
    (asked) =>
      observeCall(provider.name, name, () => call(asked), asked)
  return {
    ...provider,
    create: seen('create', provider.create),
    query: seen('query', provider.query),
    close: seen('close', provider.close),
    cancel: provider.cancel && seen('cancel', provider.cancel),
    refund: seen('refund', provider.refund),
    queryRefund: seen('query_refund', provider.queryRefund),
    recallRefund: provider.recallRefund && seen('recall_refund', provider.recallRefund),
  }
}

function observeCall<T, E extends { code: string }>(
  provider: string,
  call: string,
  run: () => Promise<Result<T, E>>,
  { outTradeNo }: Asked,
): Promise<Result<T, E>> {
  const startedAt = performance.now()
  const attributes = {
    'payment.provider': provider,
    'payment.trade': outTradeNo,
    'span.kind': SpanKind[SpanKind.CLIENT],
  }
  return inPaymentTrace(
    orderOfTrade(outTradeNo),
    `${provider} ${call}`,
    async () => {
      const answer = await run()
      const outcome = answer.ok ? 'ok' : answer.error.code
      countGatewayCall(provider, call, outcome, (performance.now() - startedAt) / 1_000)
      const span = trace.getActiveSpan()
      span?.setAttribute('payment.outcome', outcome)
      if (!answer.ok) span?.setStatus({ code: SpanStatusCode.ERROR, message: outcome })
      return answer
    },
    attributes,
  )
}
