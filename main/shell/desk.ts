import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Rectangle } from 'electron'
import { z } from 'zod'
import { storeFault } from '../../app/store/sqlite-fault.ts'
import { replaceFile } from '../atomic-file.ts'

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
  try {
    return deskSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError || storeFault(error, file))
      return bareDesk
    throw error
  }
}

/** Keeps the desk; false when it cannot be written, which costs a person the window's place and nothing else. */
export function writeDesk(file: string, desk: Desk): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true })
    replaceFile(file, JSON.stringify(desk), 0o600)
    return true
  } catch (error) {
    if (storeFault(error, file)) return false
    throw error
  }
}

/** Where to put the window: as it was, if its title bar is still on a display that exists; else in the middle of the first one. */
export function placeWindow(
  wanted: Rectangle | null,
  displays: readonly Rectangle[],
  first: Rectangle,
): Rectangle {
  const display = wanted && displays.find((area) => isGraspable(wanted, area))
  if (wanted && display) {
    const width = Math.max(leastSize.width, Math.min(wanted.width, display.width))
    const height = Math.max(leastSize.height, Math.min(wanted.height, display.height))
    return { x: wanted.x, y: Math.max(wanted.y, display.y), width, height }
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

function isGraspable(window: Rectangle, area: Rectangle): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const isTopInside =
    window.y >= area.y - graspable.height && window.y <= area.y + area.height - graspable.height
  return across >= graspable.width && isTopInside
}
