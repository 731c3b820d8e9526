/** What a secret is good for: all of an order, or paying it and nothing else. */
export type OpenedBy = 'order_link' | 'payment_link'
