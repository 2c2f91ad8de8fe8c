import { contextBridge, webUtils } from 'electron'

/**
 * All that the page gets besides fetch: where a file that a person chose lies on the disk (an import is read by the engine, by its
 * path), and which system this is. No message channel, nothing of Node. The page finds it as `window.desktop`.
 */
contextBridge.exposeInMainWorld('desktop', {
  pathOfFile: (file: Parameters<typeof webUtils.getPathForFile>[0]): string => webUtils.getPathForFile(file),
  platform: process.platform,
})
