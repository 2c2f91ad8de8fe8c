import { z } from 'zod'

/**
 * How the program reaches the internet. The proxy's password is not here: it lies in the vault and is handed to the client apart.
 * There is no "do not check certificates": an unknown authority is added by file instead.
 */
const proxyUrlSchema = z.string().refine(isProxyUrl, {
  message: 'A proxy is written as http://HOST:PORT or https://HOST:PORT, without name and password.',
})

export const proxySettingsSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('none') }),
  /** What the operating system says; on plain Node HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  z.object({ mode: z.literal('system') }),
  z.object({
    mode: z.literal('manual'),
    url: proxyUrlSchema,
    /** Login name; empty: the proxy asks for none. */
    user: z.string(),
    /** Whether the vault holds a password for it. */
    hasPassword: z.boolean(),
    /** Hosts reached directly: `name`, `.suffix`, `*.suffix`, `10.0.0.0/8`, `host:port`, `<local>` for names without a dot. */
    bypass: z.array(z.string()),
  }),
])

export const networkSettingsSchema = z.object({
  proxy: proxySettingsSchema,
  /** Also trust what the operating system trusts (a company's own authority usually lies there). */
  trustSystemStore: z.boolean(),
  /** PEM files with further authorities. */
  extraCaFiles: z.array(z.string()),
})
export type NetworkSettings = z.infer<typeof networkSettingsSchema>

/** Where a new installation starts. */
export const defaultNetwork: NetworkSettings = {
  proxy: { mode: 'system' },
  trustSystemStore: true,
  extraCaFiles: [],
}

/** "http:" or "https:" with a host, and no login inside. Written without `URL`, which this room does not have. */
function isProxyUrl(text: string): boolean {
  return /^https?:\/\/(\[[0-9a-f:.]+\]|[^\s/@:?#[\]]+)(:\d{1,5})?\/?$/i.test(text)
}
