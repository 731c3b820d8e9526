import { type Book, instant, instantOrNull, type Row, text, whole } from '../book/open-book.ts'
import { type Markup, markup } from '../cashier/markup.ts'
import type { Notification } from '../notifier/notification-queue.ts'
import { shanghaiTime } from '../shanghai-time.ts'

/** Each notification with all of its deliveries under it: when, what came back, which fault had its hand in it. */
export function notificationTable(book: Book, notifications: readonly Notification[]): Markup {
  if (notifications.length === 0) return markup`<p class="note">Nothing has been told to anybody yet.</p>`
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Notifications"><table>
<thead><tr><th>Order</th><th>State</th><th>Deliveries</th><th>Next</th><td></td></tr></thead>
<tbody>${notifications.map(
    (notification) =>
      markup`<tr><td>${notification.target}</td><td class="${notification.state === 'acknowledged' ? 'good-word' : ''}">${notification.state.replace('_', ' ')}</td><td class="long">${deliveriesOf(book, notification.id)}</td><td>${notification.nextAt === null ? '–' : shanghaiTime(notification.nextAt)}</td><td><form method="post" action="/switchboard/resend"><button class="quiet" name="id" value="${notification.id}">Send again</button></form></td></tr>`,
  )}</tbody></table></div>`
}

function deliveriesOf(book: Book, notificationId: string): Markup[] {
  return book.all('select * from deliveries where notification_id = ? order by seq', notificationId).map(deliveryLine)
}

function deliveryLine(row: Row): Markup {
  const outcome = text(row, 'outcome')
  const status = instantOrNull(row, 'status')
  const faults = text(row, 'faults')
  const said = [status === null ? '' : `HTTP ${status}`, text(row, 'answer').slice(0, 80)].filter(Boolean).join(' ')
  return markup`<div>${whole(row, 'attempt')}. ${shanghaiTime(instant(row, 'sent_at')).slice(11)} <span class="${outcome === 'acknowledged' ? 'good-word' : 'bad'}">${outcome.replace('_', ' ')}</span> <span class="code">${said}</span>${faults === '' ? null : markup` <span class="code bad">[${faults}]</span>`}</div>`
}
