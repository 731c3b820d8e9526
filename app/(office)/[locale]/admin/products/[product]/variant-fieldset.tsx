import { getTranslations } from 'next-intl/server'
import { SelectField, TextField } from '#components/office/field.tsx'
import type { OptionValue } from '#db/catalog/desk/list-option-values.ts'
import type { DeskPhoto, DeskVariant } from '#db/catalog/desk/read-desk-product.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { OPTIONS } from '#lib/domain/options.ts'

/** The fields of a variant, of one that there is or of a new one. */
export async function VariantFieldset({
  id,
  variant,
  photos,
  values,
  locale,
}: {
  id: string
  variant: DeskVariant | null
  photos: readonly DeskPhoto[]
  values: readonly OptionValue[]
  locale: Locale
}) {
  const t = await getTranslations('officeCatalogue')
  const shown = photos.find(({ file }) => file === variant?.image) ?? (variant ? null : photos[0])
  return (
    <div className="office-pair">
      <TextField id={`${id}-sku`} name="sku" label="SKU" input={{ defaultValue: variant?.sku ?? '', maxLength: 40 }} />
      {OPTIONS.map((option) => (
        <SelectField
          key={option}
          id={`${id}-${option}`}
          name={option}
          label={t(`options.${option}`)}
          optional=""
          select={{ defaultValue: variant?.options[option] ?? '' }}
        >
          <option value="">–</option>
          {values
            .filter((value) => value.option === option)
            .map((value) => (
              <option key={value.value} value={value.value}>
                {value.name[locale]}
              </option>
            ))}
        </SelectField>
      ))}
      <SelectField
        id={`${id}-photo`}
        name="photo"
        label={t('photo')}
        optional=""
        select={{ defaultValue: shown?.id ?? '' }}
      >
        <option value="">{t('noPhoto')}</option>
        {photos.map((photo, place) => (
          <option key={photo.id} value={photo.id}>
            {place + 1} · {photo.alt[locale] || photo.file}
          </option>
        ))}
      </SelectField>
      <TextField
        id={`${id}-weight`}
        name="weight_g"
        label={t('ownWeight')}
        optional=""
        input={{ inputMode: 'numeric', defaultValue: variant?.weightG ?? '' }}
      />
      <SelectField
        id={`${id}-offered`}
        name="offered"
        label={t('offered')}
        select={{ defaultValue: variant?.offered === false ? 'no' : 'yes' }}
      >
        <option value="yes">{t('yes')}</option>
        <option value="no">{t('no')}</option>
      </SelectField>
    </div>
  )
}
