import type { CSSProperties, ReactNode } from 'react'

// What a mail is built of. Programs that show mail know tables and styles on the element, and little else, so each piece
// is the plainest thing that looks alike in all of them. React Email renders them (`render-thread.tsx`).

type Piece = { readonly style?: CSSProperties | undefined; readonly children?: ReactNode }

/** The frame of a mail: language, title-less head, and the line that lists of mails show beside the subject. */
export function Mail({ lang, preview, style, children }: Piece & { readonly lang: string; readonly preview: string }) {
  return (
    <html lang={lang} dir="ltr">
      {/* biome-ignore lint/style/noHeadElement: a mail is no page of Next. */}
      <head>
        <meta content="text/html; charset=UTF-8" httpEquiv="Content-Type" />
        <meta name="x-apple-disable-message-reformatting" />
      </head>
      <body style={{ backgroundColor: style?.backgroundColor, margin: 0, padding: 0 }}>
        <Preview text={preview} />
        <Table>
          <td style={style}>{children}</td>
        </Table>
      </body>
    </html>
  )
}

const PREVIEW_LETTERS = 150
/** Letters that take no room: they keep lists of mails from showing the mail's first lines behind a short preview. */
const BLANK = '\u{a0}\u{200c}\u{200b}\u{200d}\u{200e}\u{200f}\u{feff}'

function Preview({ text }: { text: string }) {
  const shown = text.slice(0, PREVIEW_LETTERS)
  return (
    <div
      data-skip-in-text
      style={{ display: 'none', lineHeight: '1px', maxHeight: 0, maxWidth: 0, opacity: 0, overflow: 'hidden' }}
    >
      {shown}
      <div>{BLANK.repeat(PREVIEW_LETTERS - shown.length)}</div>
    </div>
  )
}

/** The sheet in the middle, as wide as `style.maxWidth`. */
export const Sheet = ({ style, children }: Piece) => (
  <Table style={style}>
    <td>{children}</td>
  </Table>
)

/** Columns beside each other; rows below each other are several of them. */
export const Row = ({ children }: Piece) => <Table>{children}</Table>

export const Column = ({ align, children }: Piece & { readonly align?: 'right' }) => <td align={align}>{children}</td>

export const Heading = ({ style, children }: Piece) => <h1 style={style}>{children}</h1>

export const Text = ({ style, children }: Piece) => <p style={style}>{children}</p>

export const Rule = ({ style }: Piece) => (
  <hr style={{ border: 'none', borderTop: '1px solid', width: '100%', ...style }} />
)

/** A link that looks like a button, in a cell that carries colour and room: Outlook gives a link neither. */
export function Button({ href, style, children }: Piece & { readonly href: string }) {
  const { padding, backgroundColor, ...text } = style ?? {}
  return (
    <table border={0} cellPadding="0" cellSpacing="0" role="presentation">
      <tbody>
        <tr>
          <td style={{ backgroundColor, padding }}>
            <a
              href={href}
              target="_blank"
              rel="noreferrer"
              style={{ display: 'inline-block', textDecoration: 'none', ...text }}
            >
              {children}
            </a>
          </td>
        </tr>
      </tbody>
    </table>
  )
}

const Table = ({ style, children }: Piece) => (
  <table align="center" border={0} cellPadding="0" cellSpacing="0" role="presentation" style={style} width="100%">
    <tbody>
      <tr>{children}</tr>
    </tbody>
  </table>
)
