import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Rectangle } from 'electron'
import { z } from 'zod'
import { replaceFile } from '../atomic-file.ts'
import { onDisk } from './disk.ts'

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })
const deskSchema = z.object({
  bounds: boundsSchema.nullable(),
  isMaximized: z.boolean(),
  /** Whether this person has been told that closing the window leaves the program in the tray. */
  knowsTray: z.boolean(),
})
/** How this person left the window. In the person's own folder, since the data folder is everybody's. */
export type Desk = z.infer<typeof deskSchema>

const bareDesk: Desk = { bounds: null, isMaximized: false, knowsTray: false }
const usualSize = { width: 1280, height: 800 }
/** Below that the screens have no room. */
export const leastSize = { width: 720, height: 480 }
/** So much of the window must be on a display to be found and dragged. */
const graspable = { width: 120, height: 40 }

/** The desk as it was left; the usual one when there is none, or its file makes no sense. */
export function readDesk(file: string): Desk {
  const text = onDisk(() => readFileSync(file, 'utf8'), 'null')
  try {
    return deskSchema.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return bareDesk
    throw error
  }
}

/** Keeps the desk; false when it cannot be written, which costs a person the window's place and nothing else. */
export function writeDesk(file: string, desk: Desk): boolean {
  return onDisk(() => {
    mkdirSync(dirname(file), { recursive: true })
    replaceFile(file, JSON.stringify(desk), 0o600)
    return true
  }, false)
}

/** Where to put the window: as it was, if its title bar is still on a display that exists; else in the middle of the first one. */
export function placeWindow(
  wanted: Rectangle | null,
  displays: readonly Rectangle[],
  first: Rectangle,
): Rectangle {
  for (const area of displays) {
    const fitted = wanted ? shrink(wanted, area) : null
    if (fitted && isGraspable(fitted, area)) return fitted
  }
  const width = Math.min(wanted?.width ?? usualSize.width, first.width)
  const height = Math.min(wanted?.height ?? usualSize.height, first.height)
  return {
    x: first.x + Math.round((first.width - width) / 2),
    y: first.y + Math.round((first.height - height) / 2),
    width,
    height,
  }
}

/** No larger than the display, with the title bar below its top. */
function shrink(window: Rectangle, area: Rectangle): Rectangle {
  const width = Math.max(leastSize.width, Math.min(window.width, area.width))
  const height = Math.max(leastSize.height, Math.min(window.height, area.height))
  const isJustAbove = window.y < area.y && window.y >= area.y - graspable.height
  return { x: window.x, y: isJustAbove ? area.y : window.y, width, height }
}

function isGraspable(window: Rectangle, area: Rectangle): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const isTopInside = window.y >= area.y && window.y <= area.y + area.height - graspable.height
  return across >= graspable.width && isTopInside
}
