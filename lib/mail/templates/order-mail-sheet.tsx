import { LANGUAGE_TAG } from '#lib/domain/locale.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import { contactLines } from '#lib/domain/shop-contact.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import type { OrderMail } from '../order-mail.ts'
import { mailStyle } from './mail-style.ts'
import type { OrderMailWords } from './order-mail-words.ts'
import { Button, Column, Heading, Mail, Row, Rule, Sheet, Text } from './pieces.tsx'

function Amount({ label, amount, strong = false }: { label: string; amount: string; strong?: boolean }) {
  const style = strong ? mailStyle.total : {}
  return (
    <Row>
      <Column>
        <Text style={{ ...mailStyle.item, ...style }}>{label}</Text>
      </Column>
      <Column align="right">
        <Text style={{ ...mailStyle.amount, ...style }}>{amount}</Text>
      </Column>
    </Row>
  )
}

/** The one sheet of all order mails: what happened, what to do, what was ordered. */
export function OrderMailSheet({ mail, words }: { mail: OrderMail; words: OrderMailWords }) {
  const { order, refund, parcel, request, locale, shop } = mail
  const price = (amount: Fen) => formatPrice(amount, locale)
  return (
    <Mail lang={LANGUAGE_TAG[locale]} preview={words.body} style={mailStyle.body}>
      <Sheet style={mailStyle.sheet}>
        <Text style={mailStyle.name}>{shop.name}</Text>
        <Heading style={mailStyle.heading}>{words.heading}</Heading>
        <Text style={mailStyle.text}>{words.body}</Text>
        <Button href={order.url} style={mailStyle.button}>
          {words.action}
        </Button>
        {parcel && words.tracking ? (
          <Text style={mailStyle.item}>
            {words.tracking}
            <br />
            <a href={parcel.url} style={mailStyle.link}>
              {words.track}
            </a>
          </Text>
        ) : null}
        {request && words.answer ? (
          <>
            <Text style={mailStyle.label}>{words.answer}</Text>
            <Text style={{ ...mailStyle.item, whiteSpace: 'pre-line' }}>{request.answer}</Text>
          </>
        ) : null}
        {refund && words.refund ? (
          <>
            <Rule style={mailStyle.rule} />
            <Amount label={words.refund} amount={price(refund.amount)} strong />
          </>
        ) : null}
        <Rule style={mailStyle.rule} />
        <Text style={mailStyle.label}>{words.number}</Text>

        {order.lines.map((line) => (
          <Row key={`${line.name} ${line.option}`}>
            <Column>
              <Text style={mailStyle.item}>
                {words.quantity(line)}
                <br />
                <span style={mailStyle.option}>{line.option}</span>
              </Text>
            </Column>
            <Column align="right">
              <Text style={mailStyle.amount}>{price(line.total)}</Text>
            </Column>
          </Row>
        ))}

        {parcel ? null : (
          <>
            <Rule style={mailStyle.rule} />
            <Amount label={words.subtotal} amount={price(order.subtotal)} />
            {order.discount > 0n ? <Amount label={words.discount} amount={price(toFen(-order.discount))} /> : null}
            <Amount label={words.shipping} amount={order.shipping === 0n ? words.free : price(order.shipping)} />
            <Amount label={words.total} amount={price(order.total)} strong />
          </>
        )}
        <Rule style={mailStyle.rule} />
        <Text style={mailStyle.label}>{words.sentTo}</Text>
        <Text style={mailStyle.item}>
          {order.address.map((line) => (
            <span key={line}>
              {line}
              <br />
            </span>
          ))}
        </Text>
        <Text style={mailStyle.footer}>
          {words.footer}
          {contactLines(shop).map((line) => (
            <span key={line}>
              <br />
              {line}
            </span>
          ))}
          {mail.choicesUrl === null ? null : (
            <>
              <br />
              <a href={mail.choicesUrl} style={mailStyle.link}>
                {words.choose}
              </a>
            </>
          )}
        </Text>
      </Sheet>
    </Mail>
  )
}
