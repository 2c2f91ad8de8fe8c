/** Where a logo stops: one request carries it as text, a third longer. */
export const logoLimitBytes = 700_000
export const logoTypes = ['image/png', 'image/jpeg'] as const
export type LogoType = (typeof logoTypes)[number]
