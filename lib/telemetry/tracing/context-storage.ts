import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, type ContextManager, ROOT_CONTEXT } from '@opentelemetry/api'

/** Keeps OpenTelemetry's context through everything asynchronous. */
export class ContextStorage implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>()

  active = (): Context => this.#storage.getStore() ?? ROOT_CONTEXT

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: Context,
    work: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.#storage.run(context, () => work.apply(self, args))
  }

  bind<T>(context: Context, target: T): T {
    if (typeof target !== 'function') return target
    const run = (...args: unknown[]) => this.#storage.run(context, () => target(...args))
    return run as T
  }

  enable = (): this => this

  disable(): this {
    this.#storage.disable()
    return this
  }
}
