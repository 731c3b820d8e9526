import type { Locale } from '#lib/domain/locale.ts'
import enAccount from './messages/en/account.json' with { type: 'json' }
import enCart from './messages/en/cart.json' with { type: 'json' }
import enCatalog from './messages/en/catalog.json' with { type: 'json' }
import enCheckout from './messages/en/checkout.json' with { type: 'json' }
import enCustomer from './messages/en/customer.json' with { type: 'json' }
import enDocuments from './messages/en/documents.json' with { type: 'json' }
import enErrors from './messages/en/errors.json' with { type: 'json' }
import enForm from './messages/en/form.json' with { type: 'json' }
import enHome from './messages/en/home.json' with { type: 'json' }
import enIncidents from './messages/en/incidents.json' with { type: 'json' }
import enMailChoices from './messages/en/mail-choices.json' with { type: 'json' }
import enOffice from './messages/en/office.json' with { type: 'json' }
import enOfficeAudit from './messages/en/office-audit.json' with { type: 'json' }
import enOfficeCatalogue from './messages/en/office-catalogue.json' with { type: 'json' }
import enOfficeFigures from './messages/en/office-figures.json' with { type: 'json' }
import enOfficeOrder from './messages/en/office-order.json' with { type: 'json' }
import enOfficeOrders from './messages/en/office-orders.json' with { type: 'json' }
import enOfficePayments from './messages/en/office-payments.json' with { type: 'json' }
import enOfficePromotions from './messages/en/office-promotions.json' with { type: 'json' }
import enOfficeReturns from './messages/en/office-returns.json' with { type: 'json' }
import enOfficeReviews from './messages/en/office-reviews.json' with { type: 'json' }
import enOfficeSheet from './messages/en/office-sheet.json' with { type: 'json' }
import enOfficeShip from './messages/en/office-ship.json' with { type: 'json' }
import enOfficeStatus from './messages/en/office-status.json' with { type: 'json' }
import enOrder from './messages/en/order.json' with { type: 'json' }
import enRequests from './messages/en/requests.json' with { type: 'json' }
import enReviews from './messages/en/reviews.json' with { type: 'json' }
import enSearch from './messages/en/search.json' with { type: 'json' }
import enShop from './messages/en/shop.json' with { type: 'json' }
import frAccount from './messages/fr/account.json' with { type: 'json' }
import frCart from './messages/fr/cart.json' with { type: 'json' }
import frCatalog from './messages/fr/catalog.json' with { type: 'json' }
import frCheckout from './messages/fr/checkout.json' with { type: 'json' }
import frCustomer from './messages/fr/customer.json' with { type: 'json' }
import frDocuments from './messages/fr/documents.json' with { type: 'json' }
import frErrors from './messages/fr/errors.json' with { type: 'json' }
import frForm from './messages/fr/form.json' with { type: 'json' }
import frHome from './messages/fr/home.json' with { type: 'json' }
import frIncidents from './messages/fr/incidents.json' with { type: 'json' }
import frMailChoices from './messages/fr/mail-choices.json' with { type: 'json' }
import frOffice from './messages/fr/office.json' with { type: 'json' }
import frOfficeAudit from './messages/fr/office-audit.json' with { type: 'json' }
import frOfficeCatalogue from './messages/fr/office-catalogue.json' with { type: 'json' }
import frOfficeFigures from './messages/fr/office-figures.json' with { type: 'json' }
import frOfficeOrder from './messages/fr/office-order.json' with { type: 'json' }
import frOfficeOrders from './messages/fr/office-orders.json' with { type: 'json' }
import frOfficePayments from './messages/fr/office-payments.json' with { type: 'json' }
import frOfficePromotions from './messages/fr/office-promotions.json' with { type: 'json' }
import frOfficeReturns from './messages/fr/office-returns.json' with { type: 'json' }
import frOfficeReviews from './messages/fr/office-reviews.json' with { type: 'json' }
import frOfficeSheet from './messages/fr/office-sheet.json' with { type: 'json' }
import frOfficeShip from './messages/fr/office-ship.json' with { type: 'json' }
import frOfficeStatus from './messages/fr/office-status.json' with { type: 'json' }
import frOrder from './messages/fr/order.json' with { type: 'json' }
import frRequests from './messages/fr/requests.json' with { type: 'json' }
import frReviews from './messages/fr/reviews.json' with { type: 'json' }
import frSearch from './messages/fr/search.json' with { type: 'json' }
import frShop from './messages/fr/shop.json' with { type: 'json' }
import zhAccount from './messages/zh/account.json' with { type: 'json' }
import zhCart from './messages/zh/cart.json' with { type: 'json' }
import zhCatalog from './messages/zh/catalog.json' with { type: 'json' }
import zhCheckout from './messages/zh/checkout.json' with { type: 'json' }
import zhCustomer from './messages/zh/customer.json' with { type: 'json' }
import zhDocuments from './messages/zh/documents.json' with { type: 'json' }
import zhErrors from './messages/zh/errors.json' with { type: 'json' }
import zhForm from './messages/zh/form.json' with { type: 'json' }
import zhHome from './messages/zh/home.json' with { type: 'json' }
import zhIncidents from './messages/zh/incidents.json' with { type: 'json' }
import zhMailChoices from './messages/zh/mail-choices.json' with { type: 'json' }
import zhOffice from './messages/zh/office.json' with { type: 'json' }
import zhOfficeAudit from './messages/zh/office-audit.json' with { type: 'json' }
import zhOfficeCatalogue from './messages/zh/office-catalogue.json' with { type: 'json' }
import zhOfficeFigures from './messages/zh/office-figures.json' with { type: 'json' }
import zhOfficeOrder from './messages/zh/office-order.json' with { type: 'json' }
import zhOfficeOrders from './messages/zh/office-orders.json' with { type: 'json' }
import zhOfficePayments from './messages/zh/office-payments.json' with { type: 'json' }
import zhOfficePromotions from './messages/zh/office-promotions.json' with { type: 'json' }
import zhOfficeReturns from './messages/zh/office-returns.json' with { type: 'json' }
import zhOfficeReviews from './messages/zh/office-reviews.json' with { type: 'json' }
import zhOfficeSheet from './messages/zh/office-sheet.json' with { type: 'json' }
import zhOfficeShip from './messages/zh/office-ship.json' with { type: 'json' }
import zhOfficeStatus from './messages/zh/office-status.json' with { type: 'json' }
import zhOrder from './messages/zh/order.json' with { type: 'json' }
import zhRequests from './messages/zh/requests.json' with { type: 'json' }
import zhReviews from './messages/zh/reviews.json' with { type: 'json' }
import zhSearch from './messages/zh/search.json' with { type: 'json' }
import zhShop from './messages/zh/shop.json' with { type: 'json' }

const messages = {
  en: {
    account: enAccount,
    cart: enCart,
    catalog: enCatalog,
    checkout: enCheckout,
    customer: enCustomer,
    documents: enDocuments,
    errors: enErrors,
    form: enForm,
    home: enHome,
    incidents: enIncidents,
    mailChoices: enMailChoices,
    office: enOffice,
    officeAudit: enOfficeAudit,
    officeOrder: enOfficeOrder,
    officeCatalogue: enOfficeCatalogue,
    officeOrders: enOfficeOrders,
    officeFigures: enOfficeFigures,
    officePayments: enOfficePayments,
    officeSheet: enOfficeSheet,
    officeShip: enOfficeShip,
    officeReturns: enOfficeReturns,
    officeReviews: enOfficeReviews,
    requests: enRequests,
    reviews: enReviews,
    officePromotions: enOfficePromotions,
    officeStatus: enOfficeStatus,
    order: enOrder,
    search: enSearch,
    shop: enShop,
  },
  fr: {
    account: frAccount,
    cart: frCart,
    catalog: frCatalog,
    checkout: frCheckout,
    customer: frCustomer,
    documents: frDocuments,
    errors: frErrors,
    form: frForm,
    home: frHome,
    incidents: frIncidents,
    mailChoices: frMailChoices,
    office: frOffice,
    officeAudit: frOfficeAudit,
    officeOrder: frOfficeOrder,
    officeCatalogue: frOfficeCatalogue,
    officeOrders: frOfficeOrders,
    officeFigures: frOfficeFigures,
    officePayments: frOfficePayments,
    officeSheet: frOfficeSheet,
    officeShip: frOfficeShip,
    officeReturns: frOfficeReturns,
    officeReviews: frOfficeReviews,
    requests: frRequests,
    reviews: frReviews,
    officePromotions: frOfficePromotions,
    officeStatus: frOfficeStatus,
    order: frOrder,
    search: frSearch,
    shop: frShop,
  },
  zh: {
    account: zhAccount,
    cart: zhCart,
    catalog: zhCatalog,
    checkout: zhCheckout,
    customer: zhCustomer,
    documents: zhDocuments,
    errors: zhErrors,
    form: zhForm,
    home: zhHome,
    incidents: zhIncidents,
    mailChoices: zhMailChoices,
    office: zhOffice,
    officeAudit: zhOfficeAudit,
    officeOrder: zhOfficeOrder,
    officeCatalogue: zhOfficeCatalogue,
    officeOrders: zhOfficeOrders,
    officeFigures: zhOfficeFigures,
    officePayments: zhOfficePayments,
    officeSheet: zhOfficeSheet,
    officeShip: zhOfficeShip,
    officeReturns: zhOfficeReturns,
    officeReviews: zhOfficeReviews,
    requests: zhRequests,
    reviews: zhReviews,
    officePromotions: zhOfficePromotions,
    officeStatus: zhOfficeStatus,
    order: zhOrder,
    search: zhSearch,
    shop: zhShop,
  },
} satisfies Record<Locale, unknown>

export type Messages = (typeof messages)['en']

/** Every text of the interface in one language. The type check refuses a language that lacks a key of the English one. */
export const messagesFor = (locale: Locale): Messages => messages[locale]
