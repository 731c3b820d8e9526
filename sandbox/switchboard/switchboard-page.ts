import { type Markup, markup } from '../cashier/markup.ts'
import { page } from '../cashier/page.ts'
import type { Gateway, TradeLine } from '../gateway-port.ts'
import type { Answer } from '../http/messages.ts'
import { listNotifications } from '../notifier/notification-queue.ts'
import type { Sandbox } from '../sandbox.ts'
import { stateOf } from './api.ts'
import { faultForms, faultTable } from './fault-forms.ts'
import { notificationTable } from './notification-table.ts'

const ROWS = 50

/** What is going on in the sandbox, and the switches. @param complaint what was wrong with the last switch */
export function switchboardPage(sandbox: Sandbox, complaint: string | null): Answer {
  const state = stateOf(sandbox)
  return page({
    language: 'en',
    title: 'Sandbox switchboard',
    kind: 'desk',
    status: complaint === null ? 200 : 422,
    content: markup`<h1>Switchboard</h1>
<p class="note">The gateways of this sandbox hold a truth of their own. Here it can be seen, and bent. <a href="/phone">Open the phone</a></p>
${complaint === null ? null : markup`<div class="says" role="alert"><p class="code">${complaint}</p></div>`}
<dl class="summary">
<div><dt>Clock, Beijing time</dt><dd>${state.now}</dd></div>
<div><dt>Moved by</dt><dd>${Math.round(state.offset_ms / 1000)} s</dd></div>
<div><dt>Retry table runs</dt><dd>${state.speed} × faster</dd></div>
${sandbox.gateways.map((gateway) => markup`<div><dt>${gateway.name}</dt><dd class="code">${gateway.url}</dd></div>`)}
</dl>
${timeForms()}
${certificateForm(sandbox.gateways)}
<h2>Faults</h2>
${faultForms(sandbox.gateways)}
${faultTable(sandbox)}
${sandbox.gateways.map((gateway) => tradeTable(gateway, gateway.recentTrades(ROWS)))}
<h2>Notifications</h2>
${notificationTable(sandbox.book, listNotifications(sandbox.book, { limit: ROWS }))}`,
  })
}

function timeForms(): Markup {
  const steps: [label: string, minutes: string][] = [
    ['+ 5 min', '5'],
    ['+ 1 h', '60'],
    ['+ 1 day', '1440'],
    ['Real time', 'reset'],
  ]
  return markup`<h2>Time</h2>
<form method="post" action="/switchboard/clock">${steps.map(
    ([label, minutes]) => markup`<button class="quiet" name="minutes" value="${minutes}">${label}</button> `,
  )}</form>
<form method="post" action="/switchboard/speed"><p class="note">Retry table, times faster:
${['1', '60', '600'].map((factor) => markup`<button class="quiet" name="factor" value="${factor}">${factor} ×</button> `)}</p></form>`
}

/** From then on the gateway signs with another certificate, of the same authority. */
function certificateForm(gateways: readonly Gateway[]): Markup {
  return markup`<h2>Certificates</h2>
<form method="post" action="/switchboard/rotate-certificate"><p class="note">A new one for:
${gateways.map(({ name }) => markup`<button class="quiet" name="gateway" value="${name}">${name}</button> `)}</p></form>`
}

function tradeTable(gateway: Gateway, trades: readonly TradeLine[]): Markup {
  if (trades.length === 0)
    return markup`<h2>${gateway.name}: trades</h2><p class="note">No buyer has reached the cashier yet.</p>`
  return markup`<h2>${gateway.name}: trades</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Trades of ${gateway.name}"><table>
<thead><tr><th>Order</th><th>Number here</th><th>Status</th><th class="number">Amount</th><th class="number">Given back</th><th>Opened</th><td></td></tr></thead>
<tbody>${trades.map(
    (trade) =>
      markup`<tr><td>${trade.target}</td><td>${trade.providerNumber}</td><td>${trade.status}</td><td class="number">${trade.total}</td><td class="number">${trade.refunded}</td><td>${trade.createdAt}</td><td>${trade.acts.map(
        (act) =>
          markup`<form method="post" action="/switchboard/act"><input type="hidden" name="gateway" value="${gateway.name}"><input type="hidden" name="id" value="${trade.target}"><button class="quiet" name="act" value="${act}">${act}</button></form> `,
      )}</td></tr>`,
  )}</tbody></table></div>`
}
