/** A table; cells are written as they are. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export const code = (word: string): string => `\`${word}\``

/** A word of the code as one reads it: `refunds_payable` → `refunds payable`. */
export const words = (name: string): string => name.replaceAll('_', ' ')

const DRAWN = /(<!-- drawn: ([a-z-]+) -->\n)[\s\S]*?(<!-- end -->)/g

/**
 * The document with each part between `<!-- drawn: name -->` and `<!-- end -->` drawn anew.
 * @throws when it asks for a part that nobody draws, or leaves one out.
 */
export function drawInto(document: string, parts: Readonly<Record<string, string>>): string {
  const drawn = new Set<string>()
  const filled = document.replace(DRAWN, (_whole, begin: string, name: string, end: string) => {
    const part = parts[name]
    if (part === undefined) throw new Error(`nobody draws ${name}`)
    drawn.add(name)
    return `${begin}${part}\n${end}`
  })
  const left = Object.keys(parts).filter((name) => !drawn.has(name))
  if (left.length > 0) throw new Error(`the document has no place for ${left.join(', ')}`)
  return filled
}
