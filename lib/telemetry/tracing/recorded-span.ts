import {
  type Attributes,
  type AttributeValue,
  type Exception,
  type HrTime,
  type Link,
  type Span,
  type SpanContext,
  type SpanKind,
  type SpanStatus,
  SpanStatusCode,
} from '@opentelemetry/api'
import { type FinishedSpan, toMillis } from './finished-span.ts'

type Begun = {
  readonly name: string
  readonly kind: SpanKind
  readonly context: SpanContext
  readonly parentSpanId: string | null
  readonly startedAt: number
  readonly attributes: Attributes
  readonly links: readonly Link[]
}
type Time = Date | number | HrTime

/** Addresses of orders and pages of accounts open them: no span tells one. Names keep what stands before a query. */
const SECRET_ATTRIBUTES = ['http.target', 'http.url', 'url.full', 'url.path', 'url.query', 'http.request.header.cookie']

/** Milliseconds since 1970, finer than `Date.now()`. */
const clock = () => performance.timeOrigin + performance.now()

/** A span in the making. Given to `ended` once, when it ends; what is told to it later is lost. */
export class RecordedSpan implements Span {
  #name: string
  readonly #begun: Begun
  readonly #ended: (span: FinishedSpan) => void
  readonly #attributes: Attributes = {}
  readonly #events: { name: string; at: number; attributes: Attributes }[] = []
  readonly #links: Link[]
  #status: SpanStatus = { code: SpanStatusCode.UNSET }
  #isOver = false

  constructor(begun: Begun, ended: (span: FinishedSpan) => void) {
    this.#begun = begun
    this.#ended = ended
    this.#name = begun.name
    this.#links = [...begun.links]
    this.setAttributes(begun.attributes)
  }

  spanContext = (): SpanContext => this.#begun.context
  isRecording = (): boolean => !this.#isOver

  setAttribute(key: string, value: AttributeValue): this {
    if (!SECRET_ATTRIBUTES.includes(key)) this.#attributes[key] = value
    return this
  }

  setAttributes(attributes: Attributes): this {
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) this.setAttribute(key, value)
    return this
  }

  addEvent(name: string, attributesOrTime?: Attributes | Time, time?: Time): this {
    const isTime =
      attributesOrTime instanceof Date || typeof attributesOrTime !== 'object' || Array.isArray(attributesOrTime)
    const at = toMillis(isTime ? (attributesOrTime as Time | undefined) : time, clock())
    this.#events.push({ name, at, attributes: isTime ? {} : (attributesOrTime as Attributes) })
    return this
  }

  addLink(link: Link): this {
    this.#links.push(link)
    return this
  }

  addLinks(links: Link[]): this {
    this.#links.push(...links)
    return this
  }

  setStatus(status: SpanStatus): this {
    this.#status = status
    return this
  }

  updateName(name: string): this {
    this.#name = name
    return this
  }

  recordException(exception: Exception, time?: Time): void {
    const type = typeof exception === 'object' ? (exception.name ?? 'Error') : 'Error'
    // Its message may hold values of a statement; the log has it without them.
    this.addEvent('exception', { 'exception.type': type }, time)
  }

  end(time?: Time): void {
    if (this.#isOver) return
    this.#isOver = true
    const { kind, context, parentSpanId, startedAt } = this.#begun
    this.#ended({
      ...{ kind, context, parentSpanId, startedAt },
      name: this.#name.split('?', 1)[0] ?? '',
      endedAt: Math.max(startedAt, toMillis(time, clock())),
      attributes: this.#attributes,
      events: this.#events,
      links: this.#links,
      status: this.#status,
    })
  }
}
