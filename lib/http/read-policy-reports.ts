import { z } from 'zod'

export type PolicyReport = { readonly page: string; readonly directive: string; readonly blocked: string }

const AT_MOST = 10
const text = z.string().max(2_000).catch('')
/** What older browsers send to `report-uri`. */
const Single = z.object({
  'csp-report': z.object({ 'document-uri': text, 'violated-directive': text, 'blocked-uri': text }),
})
/** What the Reporting API sends to `report-to`. */
const Listed = z.array(z.object({ body: z.object({ documentURL: text, effectiveDirective: text, blockedURL: text }) }))

/** What of a report is worth a line: no more than ten, addresses without what stands behind their path. */
export function readPolicyReports(body: Uint8Array): PolicyReport[] {
  const json = parse(new TextDecoder().decode(body))
  const single = Single.safeParse(json)
  if (single.success) {
    const report = single.data['csp-report']
    return [shorten(report['document-uri'], report['violated-directive'], report['blocked-uri'])]
  }
  const listed = Listed.safeParse(json)
  if (!listed.success) return []
  return listed.data
    .slice(0, AT_MOST)
    .map(({ body: report }) => shorten(report.documentURL, report.effectiveDirective, report.blockedURL))
}

/** An order's address opens it, so of `/en/order/…` only the room is kept. */
const shorten = (page: string, directive: string, blocked: string): PolicyReport => ({
  page: placeOf(page).replace(/(\/order\/)[^/]+/, '$1…'),
  directive: directive.slice(0, 60),
  blocked: placeOf(blocked).slice(0, 200),
})

const placeOf = (address: string): string => address.split(/[?#]/)[0]?.slice(0, 200) ?? ''

function parse(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return null
  }
}
