import { Button } from '#components/ui/button.tsx'
import type { CheckoutView } from '#lib/checkout/checkout-view.ts'

/** Ways to fill the address in without typing: from the book, or from what was copied elsewhere. Plain buttons of the form. */
export function AddressHelps({ helps: { book, words } }: Pick<CheckoutView, 'helps'>) {
  return (
    <>
      {book.length === 0 ? null : (
        <fieldset className="checkout-book">
          <legend className="checkout-hint">{words.choose}</legend>
          <ul>
            {book.map(({ id, lines }) => (
              <li key={id}>
                <button className="checkout-address" type="submit" name="intent" value={`use:${id}`}>
                  {lines.map((line) => (
                    <span key={line}>{line}</span>
                  ))}
                </button>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      <details className="checkout-paste">
        <summary className="link">{words.paste}</summary>
        <textarea
          name="pasted"
          rows={3}
          maxLength={500}
          autoComplete="off"
          aria-label={words.paste}
          aria-describedby="checkout-paste-hint"
        />
        <p className="checkout-hint" id="checkout-paste-hint">
          {words.pasteHint}
        </p>
        <Button type="submit" look="quiet" name="intent" value="split">
          {words.split.go}
        </Button>
      </details>
    </>
  )
}
