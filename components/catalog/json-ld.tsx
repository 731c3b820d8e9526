import type { Graph, Thing, WithContext } from 'schema-dts'

/** What search engines read of a page. `<` is escaped, so that no text of the catalogue can end the script. */
export function JsonLd({ data }: { data: WithContext<Thing> | Graph }) {
  const html = JSON.stringify(data).replace(/</g, '\\u003c')
  // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with every `<` escaped; React would escape its quotes.
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: html }} />
}
