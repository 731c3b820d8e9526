import { useEffect, useState } from 'react'
import type { AddressView } from '#lib/addresses/address-view.ts'
import type { City } from '#lib/checkout/checkout-view.ts'
import type { CheckoutField } from '#lib/domain/checkout-fields.ts'
import { SelectField, TextField } from './field.tsx'

type Props = {
  readonly view: AddressView
  readonly country: string
  readonly setCountry: (country: string) => void
  readonly errorOf: (field: CheckoutField) => string | undefined
}

/** Where the parcel goes. What is asked follows the country; in China cities and districts are suggested. */
export function AddressFields({ view, country, setCountry, errorOf }: Props) {
  const { words, values } = view
  const text = (name: 'recipient' | 'street' | 'street2', autoComplete: string) => (
    <TextField
      name={name}
      label={words[name]}
      error={errorOf(name)}
      optional={name === 'street2' ? words.optional : undefined}
      input={{ defaultValue: values[name], autoComplete: `shipping ${autoComplete}` }}
    />
  )
  return (
    <>
      {text('recipient', 'name')}
      <SelectField
        name="country"
        label={words.country}
        error={errorOf('country')}
        select={{
          defaultValue: values.country,
          autoComplete: 'shipping country',
          onChange: (event) => setCountry(event.currentTarget.value),
          children: view.countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          )),
        }}
      />
      <noscript>
        <button className="link" name="intent" value="shipping" type="submit">
          {words.updateShipping}
        </button>
      </noscript>
      {country === 'CN' ? <ChineseRegion view={view} errorOf={errorOf} /> : null}
      {text('street', 'address-line1')}
      {text('street2', 'address-line2')}
      {country === 'CN' ? null : (
        <>
          <TextField
            name="city"
            label={words.city}
            error={errorOf('city')}
            half
            input={{ defaultValue: values.city, autoComplete: 'shipping address-level2' }}
          />
          <TextField
            name="region"
            label={words.region}
            error={errorOf('region')}
            optional={words.optional}
            half
            input={{ defaultValue: values.region, autoComplete: 'shipping address-level1' }}
          />
        </>
      )}
      <TextField
        name="postcode"
        label={words.postcode}
        error={errorOf('postcode')}
        optional={country === 'CN' ? undefined : words.optional}
        half
        input={{
          defaultValue: values.postcode,
          autoComplete: 'shipping postal-code',
          inputMode: country === 'CN' ? 'numeric' : 'text',
        }}
      />
    </>
  )
}

function ChineseRegion({ view, errorOf }: Pick<Props, 'view' | 'errorOf'>) {
  const { words, values, locale } = view
  const [province, setProvince] = useState(values.region)
  const [city, setCity] = useState(values.city)
  const cities = useCities(province, view)
  const districts = cities.find(({ name }) => name === city)?.districts ?? []
  const hint = locale === 'zh' ? undefined : words.chineseHint
  return (
    <>
      <SelectField
        name="region"
        label={words.province}
        error={errorOf('region')}
        select={{
          defaultValue: values.region,
          autoComplete: 'shipping address-level1',
          onChange: (event) => setProvince(event.currentTarget.value),
          children: [
            <option key="" value="">
              {words.provinceChoose}
            </option>,
            ...view.provinces.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            )),
          ],
        }}
      />
      <TextField
        name="city"
        label={words.city}
        hint={hint}
        error={errorOf('city')}
        half
        input={{
          defaultValue: values.city,
          autoComplete: 'shipping address-level2',
          list: 'checkout-cities',
          onChange: (event) => setCity(event.currentTarget.value),
        }}
      />
      <TextField
        name="district"
        label={words.district}
        hint={hint}
        error={errorOf('district')}
        half
        input={{ defaultValue: values.district, autoComplete: 'shipping address-level3', list: 'checkout-districts' }}
      />
      <Suggestions id="checkout-cities" names={cities.map(({ name }) => name)} />
      <Suggestions id="checkout-districts" names={districts} />
    </>
  )
}

const Suggestions = ({ id, names }: { id: string; names: readonly string[] }) => (
  <datalist id={id}>
    {names.map((name) => (
      <option key={name} value={name} />
    ))}
  </datalist>
)

/** The cities of a province: those that the page brought, or asked for. Without an answer the shopper simply types. */
function useCities(province: string, view: AddressView): readonly City[] {
  const [found, setFound] = useState({ province: view.values.region, cities: view.cities })
  const known = found.province === province
  useEffect(() => {
    if (known || province === '') return
    const asked = new AbortController()
    fetch(`/api/regions?province=${encodeURIComponent(province)}`, { signal: asked.signal })
      .then((answer) => answer.json() as Promise<{ cities: readonly City[] }>)
      .then(({ cities }) => setFound({ province, cities }))
      .catch(() => undefined)
    return () => asked.abort()
  }, [known, province])
  return known ? found.cities : []
}
