/** Where each kind of page is, and what its link for other programs is called (main/shell/links.ts reads them). */
const kinds = { run: '/runs/', exchange: '/requests/', tenant: '/tenants/' } as const

/** An address that leads back here: of the service, or of the desktop program, whose own address no other program can open. */
export function linkTo(
  kind: keyof typeof kinds,
  id: number,
  here: Pick<Location, 'protocol' | 'origin'>,
): string {
  return here.protocol === 'app:'
    ? `commerce-integrator://${kind}/${id}`
    : `${here.origin}${kinds[kind]}${id}`
}
