import { type Markup, markup } from '../cashier/markup.ts'
import { FAULT_POINTS, type FaultKinds, type FaultPoint } from '../faults/fault-kinds.ts'
import type { Gateway } from '../gateway-port.ts'
import type { Sandbox } from '../sandbox.ts'

const POINT_NAMES: Record<FaultPoint, string> = {
  notify: 'Notifications',
  api: 'Answers of the gateway',
  bill: 'Bills',
}

/** One form for each gateway, since each has faults and calls of its own. */
export const faultForms = (gateways: readonly Gateway[]): Markup[] =>
  gateways.map(
    (gateway) => markup`<details class="order"><summary>Order a fault of ${gateway.name}</summary>
${faultForm(gateway)}</details>`,
  )

function faultForm({ name, faultKinds, methods }: Gateway): Markup {
  const id = (field: string) => `${name}-${field}`
  return markup`<form method="post" action="/switchboard/fault" class="fields">
<input type="hidden" name="gateway" value="${name}">
<p class="wide"><label for="${id('fault')}">Fault</label><select id="${id('fault')}" name="fault">${kindGroups(faultKinds)}</select></p>
<p><label for="${id('target')}">Order number (any)</label><input id="${id('target')}" name="target" autocomplete="off"></p>
<p><label for="${id('method')}">Call (any)</label><select id="${id('method')}" name="method"><option value="">any</option>${methods.map(
    (method) => markup`<option>${method}</option>`,
  )}</select></p>
<p><label for="${id('times')}">Times, or always</label><input id="${id('times')}" name="times" value="1" autocomplete="off"></p>
<p><label for="${id('value')}">Value (usual)</label><input id="${id('value')}" name="value" inputmode="numeric" autocomplete="off"></p>
<p><button class="primary">Order this fault</button></p>
</form>`
}

const kindGroups = (kinds: FaultKinds): Markup[] =>
  FAULT_POINTS.map(
    (point) =>
      markup`<optgroup label="${POINT_NAMES[point]}">${Object.entries(kinds[point]).map(
        ([kind, { says }]) => markup`<option value="${point}/${kind}">${says}</option>`,
      )}</optgroup>`,
  )

/** What was ordered and has not struck often enough yet. */
export function faultTable({ faults }: Sandbox): Markup {
  const rules = faults.list()
  if (rules.length === 0) return markup`<p class="note">No fault is waiting.</p>`
  const remove = (id: string, label: string) =>
    markup`<form method="post" action="/switchboard/fault-removed"><button class="quiet" name="id" value="${id}">${label}</button></form>`
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Faults"><table>
<thead><tr><th>Gateway</th><th>Fault</th><th>Order</th><th>Call</th><th class="number">Left</th><th class="number">Value</th><th>${remove('', 'Remove all')}</th></tr></thead>
<tbody>${rules.map((rule) => {
    const kind = faults.findKind(rule.gateway, rule.point, rule.kind)
    return markup`<tr><td>${rule.gateway}</td><td class="long">${kind?.says ?? rule.kind}${rule.chance < 1 ? ` (${rule.chance * 100} %)` : ''}</td><td>${rule.target ?? 'any'}</td><td>${rule.method ?? 'any'}</td><td class="number">${rule.remaining ?? 'always'}</td><td class="number">${kind?.value ? `${rule.value} ${kind.value.unit}` : ''}</td><td>${remove(String(rule.id), 'Remove')}</td></tr>`
  })}</tbody></table></div>`
}
