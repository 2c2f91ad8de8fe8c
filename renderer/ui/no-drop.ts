/** A file that is dropped where nothing takes it would make the browser leave this page for it. A screen that takes files listens after this. */
export function keepDropsOut(): void {
  window.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'none'
  })
  window.addEventListener('drop', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
  })
}
