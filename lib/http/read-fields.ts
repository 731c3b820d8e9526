import { readBody } from './read-body.ts'

/**
 * The fields of a form, or the texts of a JSON object; what is no text is left out, of a field sent twice the last
 * counts. Null for another content type, for JSON that is none, and for more than `limit` bytes.
 */
export async function readFields(request: Request, limit: number): Promise<ReadonlyMap<string, string> | null> {
  const body = await readBody(request, limit)
  if (!body) return null
  const text = new TextDecoder().decode(body)
  const type = request.headers.get('content-type') ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) return new Map(new URLSearchParams(text))
  if (!type.startsWith('application/json')) return null
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null) return null
    return new Map(Object.entries(parsed).filter((entry) => typeof entry[1] === 'string'))
  } catch {
    return null
  }
}
