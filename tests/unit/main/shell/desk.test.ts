import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { placeWindow, readDesk, writeDesk } from '../../../../main/shell/desk.ts'

const first = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: 0, width: 1280, height: 984 }

describe('where the window goes', () => {
  test('as it was, on any display that is still there', () => {
    const was = { x: 2000, y: 50, width: 1000, height: 700 }
    expect(placeWindow(was, [first, second], first)).toEqual(was)
  })
  test('to the middle of the first display when its own is gone, with its size', () => {
    expect(placeWindow({ x: 2000, y: 50, width: 1000, height: 700 }, [first], first)).toEqual({
      ...{ x: 460, y: 170, width: 1000, height: 700 },
    })
  })
  test('of the usual size the first time, smaller on a small display', () => {
    expect(placeWindow(null, [first], first)).toEqual({ x: 320, y: 120, width: 1280, height: 800 })
    const small = { x: 0, y: 0, width: 1024, height: 700 }
    expect(placeWindow(null, [small], small)).toEqual(small)
  })
  test('whatever was kept, its title bar can be grasped', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 })
    const size = fc.integer({ min: 1, max: 10_000 })
    fc.assert(
      fc.property(number, number, size, size, (x, y, width, height) => {
        const placed = placeWindow({ x, y, width, height }, [first, second], first)
        const isOn = [first, second].some(
          (area) =>
            placed.x < area.x + area.width - 100 &&
            placed.x + placed.width > area.x + 100 &&
            placed.y >= area.y &&
            placed.y < area.y + area.height,
        )
        expect(isOn).toBe(true)
      }),
    )
  })
})

describe('what is kept', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'desk-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('comes back', () => {
    const file = join(folder, 'new', 'window.json')
    const desk = { bounds: { x: 1, y: 2, width: 800, height: 600 }, isMaximized: true, knowsTray: true }
    expect(writeDesk(file, desk)).toBe(true)
    expect(readDesk(file)).toEqual(desk)
  })
  test.each(['{', '{"bounds":{"x":"left"}}', 'null'])('%s is as good as nothing', (content) => {
    const file = join(folder, 'window.json')
    writeFileSync(file, content)
    expect(readDesk(file)).toEqual({ bounds: null, isMaximized: false, knowsTray: false })
  })
  test('a place that cannot be written costs nothing but the memory', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(writeDesk(join(folder, 'file', 'window.json'), readDesk(join(folder, 'none')))).toBe(false)
  })
})
