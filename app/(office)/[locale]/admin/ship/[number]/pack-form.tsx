import { randomUUID } from 'node:crypto'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { SelectField, TextField } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { Packing } from '#db/fulfilment/read-packing.ts'
import { CARRIER_CODES, CARRIERS } from '#lib/domain/carriers.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { photoPath } from '#lib/paths.ts'
import { shipAction } from '../actions.ts'

/** Lines with what is left of them, the label of the parcel, and Enter. */
export async function PackForm({ packing, locale }: { packing: Packing; locale: Locale }) {
  const t = await getTranslations('officeShip')
  const last = packing.parcels.at(-1)?.carrier ?? ''
  return (
    <ActionForm action={shipAction} className="office-form ship-form">
      <input type="hidden" name="parcelId" value={randomUUID()} />
      <input type="hidden" name="orderId" value={packing.id} />
      <Panel title={t('lines')}>
        <ul className="ship-lines">
          {packing.lines
            .filter(({ toPack }) => toPack > 0)
            .map((line) => (
              <li key={line.position}>
                {/* biome-ignore lint/performance/noImgElement: a size that was made ahead of time */}
                <img src={photoPath(line.image, 384)} alt="" width={56} height={56} />
                <div>
                  <label htmlFor={`units-${line.position}`}>{line.name[locale]}</label>
                  <p className="office-hint">
                    {line.sku} · {Object.values(line.options).join(' · ')}
                    {line.sent > 0 ? ` · ${t('sentOf', { sent: line.sent, ordered: line.quantity })}` : ''}
                  </p>
                </div>
                <input type="hidden" name="position[]" value={line.position} />
                <span className="ship-units">
                  <input
                    id={`units-${line.position}`}
                    className="office-input"
                    name="quantity[]"
                    type="number"
                    inputMode="numeric"
                    min={0}
                    max={line.toPack}
                    defaultValue={line.toPack}
                    required
                  />
                  <span>{t('ofLeft', { left: line.toPack })}</span>
                </span>
              </li>
            ))}
        </ul>
      </Panel>
      <div className="office-pair">
        <TextField
          id="tracking"
          name="tracking"
          label={t('tracking')}
          hint={t('trackingHint')}
          input={{
            // The label is scanned next, and a scanner types where the focus is.
            autoFocus: true,
            autoComplete: 'off',
            spellCheck: false,
            maxLength: 80,
          }}
        />
        <SelectField id="carrier" name="carrier" label={t('carrier')} optional="" select={{ defaultValue: last }}>
          <option value="">{t('byNumber')}</option>
          {CARRIER_CODES.map((code) => (
            <option key={code} value={code}>
              {CARRIERS[code].name[locale]}
            </option>
          ))}
        </SelectField>
      </div>
      <p className="office-acts">
        <SubmitButton>{t('ship')}</SubmitButton>
      </p>
    </ActionForm>
  )
}
