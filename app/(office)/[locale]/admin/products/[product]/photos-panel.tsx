import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { DeskProduct } from '#db/catalog/desk/read-desk-product.ts'
import { LANGUAGE_TAG, LOCALES, type Locale } from '#lib/domain/locale.ts'
import { officePhotoPath, officePhotosPath } from '#lib/office-paths.ts'
import { photoPath } from '#lib/paths.ts'
import { describePhotoAction, orderPartsAction, removePhotoAction } from '../actions.ts'
import { MoveButtons } from './move-buttons.tsx'
import { PartForm } from './part-form.tsx'

/** The pictures of a piece: upload, words in three languages, order, another cut. */
export async function PhotosPanel({ product, locale }: { product: DeskProduct; locale: Locale }) {
  const t = await getTranslations('officeCatalogue')
  return (
    <Panel title={t('photos')}>
      {product.photos.map((photo, place) => (
        <div key={photo.id} className="office-photo">
          {/* biome-ignore lint/performance/noImgElement: its sizes were made ahead of time. */}
          <img src={photoPath(photo.file, 384)} alt={photo.alt[locale]} width={160} height={160} loading="lazy" />
          <div>
            <PartForm
              action={describePhotoAction}
              product={product}
              fields={{ photo: photo.id }}
              label={t('photoWords', { number: place + 1 })}
            >
              {LOCALES.map((language) => (
                <TextField
                  key={language}
                  id={`alt-${photo.id}-${language}`}
                  name={`alt_${language}`}
                  label={`${t('alt')} · ${t(`languages.${language}`)}`}
                  optional=""
                  input={{
                    ...{ lang: LANGUAGE_TAG[language], defaultValue: photo.alt[language], maxLength: 300 },
                    placeholder: t('toWrite'),
                  }}
                />
              ))}
              <p className="office-acts">
                <SubmitButton look="quiet">{t('save')}</SubmitButton>
                {photo.original ? (
                  <a className="link" href={officePhotoPath(locale, product.id, photo.id)}>
                    {t('crop')}
                  </a>
                ) : null}
              </p>
            </PartForm>
            <div className="office-acts">
              <MoveButtons
                action={orderPartsAction}
                product={product}
                parts="photos"
                ids={product.photos.map(({ id }) => id)}
                id={photo.id}
                name={t('photoNumber', { number: place + 1 })}
              />
              <PartForm
                action={removePhotoAction}
                product={product}
                fields={{ photo: photo.id }}
                label={t('removePhoto', { number: place + 1 })}
                className=""
              >
                <SubmitButton look="quiet">{t('remove')}</SubmitButton>
              </PartForm>
            </div>
          </div>
        </div>
      ))}
      <form
        className="office-form"
        action={officePhotosPath(locale, product.id)}
        method="post"
        encType="multipart/form-data"
        aria-label={t('uploadLabel')}
      >
        <input type="hidden" name="version" value={product.version} />
        <div className="office-field">
          <label htmlFor="upload">{t('uploadLabel')}</label>
          <input
            className="office-input"
            type="file"
            id="upload"
            name="picture"
            accept="image/jpeg,image/png,image/webp,image/avif"
            required
          />
          <p className="office-hint">{t('uploadHint')}</p>
        </div>
        <p>
          <button type="submit" className="button button-quiet">
            {t('uploadButton')}
          </button>
        </p>
      </form>
    </Panel>
  )
}
