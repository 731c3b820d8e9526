/** Text that is safe to stand in a page. Only `markup` makes it. */
export interface Markup {
  readonly html: string
}

type Part = string | number | bigint | Markup | null | readonly Markup[]

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)

/** Everything put into the template is escaped unless it is markup itself; null leaves nothing. */
export function markup(template: TemplateStringsArray, ...parts: Part[]): Markup {
  const filled = parts.map((part, at) => write(part) + (template[at + 1] ?? ''))
  return { html: (template[0] ?? '') + filled.join('') }
}

function write(part: Part): string {
  if (part === null) return ''
  if (typeof part !== 'object') return escapeText(String(part))
  return 'html' in part ? part.html : part.map(({ html }) => html).join('')
}
