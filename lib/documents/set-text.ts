import type { DocumentFonts, Face, FontFile } from './document-fonts.ts'

export type Style = { readonly face: Face; readonly size: number; readonly colour: string }
type Run = { readonly font: string; readonly text: string }

/** What the setter needs of a paper; pdfkit's document is one. */
export type Paper = {
  font(name: string): unknown
  fontSize(size: number): unknown
  fillColor(colour: string): unknown
  widthOfString(text: string, options: { features: 'tnum'[] }): number
  text(text: string, x: number, y: number, options: object): unknown
}

/** Stands for what none of our fonts has. */
const MISSING = '□'
/** May stand at the end of a line but not at the beginning of one. */
const CLOSING = /^[\p{Pe}\p{Pf}、。，．：；？！…·%]$/u
const TOKENS =
  /\s|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]+/gu
/** Tabular figures, so that amounts stand in columns. */
const FIGURES = { features: ['tnum' as const] }

/**
 * Sets lines of text that mix scripts: each character in the first font of the face that has it, all of a line on one
 * baseline. Marks that turn the direction of writing, and other characters without a picture, are left out.
 */
export function textSetter(paper: Paper, fonts: DocumentFonts) {
  const use = ({ size, colour }: Style, font: string) => {
    paper.font(font)
    paper.fontSize(size)
    paper.fillColor(colour)
  }
  const known = new Map<string, number>()
  const runWidth = (style: Style, { font, text }: Run): number => {
    use(style, font)
    const key = `${font} ${style.size} ${text}`
    const width = known.get(key) ?? paper.widthOfString(text, FIGURES)
    known.set(key, width)
    return width
  }
  const width = (text: string, style: Style): number =>
    runsOf(text, fonts[style.face]).reduce((sum, run) => sum + runWidth(style, run), 0)

  /** The text in lines no wider than `most`, in points; a word that is wider than a line is broken. */
  function wrap(text: string, style: Style, most: number): readonly string[] {
    const lines: string[] = []
    let line = ''
    for (const token of tokensOf(text)) {
      const fits = width((line + token).trimEnd(), style) <= most || (CLOSING.test(token) && line !== '')
      if (!fits && line.trim() !== '') {
        lines.push(line.trimEnd())
        line = ''
      }
      if (line === '' && token.trim() === '') continue
      line += token
      for (;;) {
        const kept = longestStart(line, (part) => width(part, style) <= most)
        if (kept === line || CLOSING.test(line.slice(kept.length))) break
        lines.push(kept)
        line = line.slice(kept.length)
      }
    }
    return line.trim() === '' ? lines : [...lines, line.trimEnd()]
  }

  /** One line on its baseline; `x` is its left end, or its right one. */
  function put(text: string, style: Style, at: { x: number; y: number; align?: 'left' | 'right' }): void {
    let x = at.align === 'right' ? at.x - width(text, style) : at.x
    for (const run of runsOf(text, fonts[style.face])) {
      const wide = runWidth(style, run)
      paper.text(run.text, x, at.y, { lineBreak: false, baseline: 'alphabetic', ...FIGURES })
      x += wide
    }
  }
  return { width, wrap, put }
}

const tokensOf = (text: string): readonly string[] => text.match(TOKENS) ?? []

function longestStart(text: string, fits: (part: string) => boolean): string {
  if (fits(text)) return text
  const characters = [...text]
  let count = characters.length
  while (count > 1 && !fits(characters.slice(0, count).join(''))) count--
  return characters.slice(0, count).join('')
}

/** Pieces of a text, each with the font that has all of its characters. */
export function runsOf(text: string, fonts: readonly FontFile[]): readonly Run[] {
  const runs: { font: string; text: string }[] = []
  const printed = text.normalize('NFC').replace(/\p{C}/gu, '').replaceAll('\u202f', '\u00a0')
  for (const character of printed) {
    const known = fonts.find(({ has }) => has(character))
    const font = known ?? fonts.find(({ has }) => has(MISSING))
    if (!font) continue
    const last = runs.at(-1)
    if (last?.font === font.name) last.text += known ? character : MISSING
    else runs.push({ font: font.name, text: known ? character : MISSING })
  }
  return runs
}
