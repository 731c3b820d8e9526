import type { Locale } from '../domain/locale.ts'
import { formatTime } from '../i18n/format-time.ts'
import { translator } from '../i18n/translator.ts'
import { sayActor } from './say-actor.ts'
import { sayEvent } from './say-event.ts'

type News = { readonly event: string; readonly actor: string; readonly at: Date; readonly name: string | null }

/** What happened meanwhile, in sentences; empty for nothing. */
export const sayNews = (news: readonly News[], locale: Locale): string =>
  news
    .map(({ event, actor, at, name }) =>
      translator(locale)('officeOrder.meanwhile', {
        what: sayEvent(event, locale),
        who: sayActor(actor, name, locale),
        at: formatTime(at, locale),
      }),
    )
    .join(' ')
