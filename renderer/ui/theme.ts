import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components'
import { useSyncExternalStore } from 'react'

/** Petrol: calm beside the red, amber and green of states, and 5:1 on white. */
const petrol: BrandVariants = {
  10: '#01141b',
  20: '#03222d',
  30: '#04303f',
  40: '#053e51',
  50: '#074c63',
  60: '#085a74',
  70: '#0a6784',
  80: '#0b7595',
  90: '#2a87a6',
  100: '#4599b6',
  110: '#5eabc5',
  120: '#77bcd3',
  130: '#92cde0',
  140: '#afdcea',
  150: '#cdebf4',
  160: '#e7f6fa',
}

/** The system's own: Segoe UI on Windows, then what reads best elsewhere. Nothing is downloaded. */
const base =
  "'Segoe UI Variable Text', 'Segoe UI', -apple-system, Inter, 'Noto Sans', 'Open Sans', 'Liberation Sans', system-ui, sans-serif"
const text = {
  fontFamilyBase: base,
  fontFamilyMonospace: "'Cascadia Mono', Consolas, 'Liberation Mono', monospace",
  fontFamilyNumeric: base,
}

const light: Theme = {
  ...createLightTheme(petrol),
  ...text,
  colorNeutralBackground2: '#f7f9fa',
  colorNeutralBackground3: '#f0f4f5',
  colorNeutralStroke2: '#dfe5e8',
  colorNeutralStroke3: '#e9eef0',
  colorNeutralForeground3: '#52606a',
}

const dark: Theme = {
  ...createDarkTheme(petrol),
  ...text,
  colorNeutralBackground1: '#16191c',
  colorNeutralBackground1Hover: '#1e2327',
  colorNeutralBackground1Selected: '#232a2f',
  colorNeutralBackground2: '#101315',
  colorNeutralBackground3: '#0b0d0f',
  colorNeutralStroke1: '#47525a',
  colorNeutralStroke2: '#2b3338',
  colorNeutralStroke3: '#232a2e',
  colorNeutralForeground3: '#a3b0b8',
  colorBrandForeground1: petrol[110],
  colorBrandForeground2: petrol[120],
  colorBrandForegroundLink: petrol[120],
  colorBrandForegroundLinkHover: petrol[130],
}

/** For eyes that need more than the system's settings give them: black, white, and colours of full strength. */
const contrast: Theme = {
  ...dark,
  colorNeutralBackground1: '#000000',
  colorNeutralBackground1Hover: '#333333',
  colorNeutralBackground1Selected: '#333333',
  colorNeutralBackground2: '#000000',
  colorNeutralBackground3: '#000000',
  colorNeutralStroke1: '#ffffff',
  colorNeutralStroke2: '#ffffff',
  colorNeutralStroke3: '#b3b3b3',
  colorNeutralStrokeAccessible: '#ffffff',
  colorNeutralForeground1: '#ffffff',
  colorNeutralForeground2: '#ffffff',
  colorNeutralForeground3: '#ffffff',
  colorNeutralForeground4: '#ffffff',
  colorBrandForeground1: '#1aebff',
  colorBrandForeground2: '#1aebff',
  colorBrandForegroundLink: '#ffff00',
  colorBrandForegroundLinkHover: '#ffff00',
  colorStrokeFocus2: '#1aebff',
}

export const looks = ['system', 'light', 'dark', 'contrast'] as const
/** system: as the operating system says, its contrast themes included (forced colours replace ours by themselves). */
export type Look = (typeof looks)[number]

/** Kept in this browser or this person's desktop: how the screens look is nobody else's business. */
const keptAs = 'look'
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()
let chosen: Look = looks.find((look) => look === window.localStorage.getItem(keptAs)) ?? 'system'

function paint(): void {
  document.documentElement.dataset.look = chosen
}
paint()

export function chooseLook(look: Look): void {
  chosen = look
  window.localStorage.setItem(keptAs, look)
  paint()
  for (const tell of listeners) tell()
}

const follow = (tell: () => void): (() => void) => {
  listeners.add(tell)
  prefersDark.addEventListener('change', tell)
  return () => {
    listeners.delete(tell)
    prefersDark.removeEventListener('change', tell)
  }
}

/** What the person chose. */
export const useLook = (): Look => useSyncExternalStore(follow, () => chosen)

/** The chosen look, the system's followed while the window is open. */
export function useTheme(): Theme {
  return useSyncExternalStore(follow, () => {
    if (chosen === 'contrast') return contrast
    const isDark = chosen === 'system' ? prefersDark.matches : chosen === 'dark'
    return isDark ? dark : light
  })
}
