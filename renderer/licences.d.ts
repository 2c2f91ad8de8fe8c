/** Made by build/licences.ts when the screens are built: the packages that the program contains. */
declare module 'virtual:licences' {
  const licences: readonly { readonly name: string; readonly version: string; readonly licence: string }[]
  // biome-ignore lint/style/noDefaultExport: a virtual module has one value
  export default licences
}
