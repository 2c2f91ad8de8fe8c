import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PlanQuestion, pagesOf, plainPlanner } from '../../../../app/commerce/planner.ts'

const question = (ids: number, more: Partial<PlanQuestion> = {}): PlanQuestion => ({
  resource: 'quoteline',
  by: 'parent',
  ids: new Set(Array.from({ length: ids }, (_, n) => n + 1)),
  listSize: null,
  isFilterIgnored: false,
  ...more,
})
const planOf = (ids: number, more?: Partial<PlanQuestion>) => plainPlanner.plan(question(ids, more))

describe('the planner', () => {
  it('asks per parent when few changed, and says what either way costs', () => {
    expect(planOf(12, { listSize: 5250 })).toEqual({
      way: 'per parent',
      requests: 12,
      costs: { 'per parent': 12, 'whole list': 53 },
      giveUpAfter: null,
      why: '12 requests per parent, 53 for the whole quoteline list.',
    })
  })

  it('lists all pages when many changed', () => {
    expect(planOf(200, { listSize: 5250 })).toMatchObject({
      way: 'whole list',
      requests: 53,
      why: '200 requests per parent, 53 for the whole quoteline list.',
    })
  })

  it('reads single records by id when few are missing, by pages when many', () => {
    const missing = { resource: 'product', by: 'id', listSize: 1234 } as const
    expect(planOf(13, missing)).toMatchObject({ way: 'per id', requests: 13 })
    expect(planOf(14, missing)).toMatchObject({ way: 'whole list', requests: 13 })
  })

  it('needs nothing for nothing', () => {
    expect(planOf(0)).toMatchObject({ requests: 0, why: 'No quoteline is needed.' })
  })

  it('takes the whole list where the server ignores the filter, and says so', () => {
    expect(planOf(1, { listSize: 990, isFilterIgnored: true })).toMatchObject({
      way: 'whole list',
      requests: 10,
      costs: { 'whole list': 10 },
      why: 'This server ignores the filter of the quoteline list, so the whole list is read (10 requests).',
    })
  })

  it('asks per parent while a list of unknown length would hardly be shorter', () => {
    expect(planOf(50)).toMatchObject({ way: 'per parent', requests: 50, giveUpAfter: null })
    expect(planOf(1).why).toContain('takes only 1 request.')
  })

  it('tries a list of unknown length, but not for longer than asking one by one would take', () => {
    expect(planOf(51)).toMatchObject({ way: 'whole list', requests: 51, giveUpAfter: 51 })
    expect(planOf(51).why).toMatch(/^How long the quoteline list is.*after 51 pages each parent is asked/)
  })

  it('never takes the dearer way, and never a way that does not work', () => {
    const questions = fc.record({
      ids: fc.nat(400),
      listSize: fc.option(fc.nat(50_000)),
      isFilterIgnored: fc.boolean(),
      by: fc.constantFrom('parent', 'id'),
    })
    fc.assert(
      fc.property(questions, ({ ids, ...more }) => {
        const plan = planOf(ids, more)
        const known = Object.values(plan.costs).filter((cost) => cost !== null && cost !== undefined)
        expect(plan).toEqual(planOf(ids, more))
        expect(plan.why).toMatch(/^[A-Z0-9].*\.$/)
        if (more.listSize !== null) expect(plan.requests).toBe(Math.min(...known))
        if (ids > 0 && more.isFilterIgnored && more.by === 'parent') expect(plan.way).toBe('whole list')
        else expect(plan.requests).toBeLessThanOrEqual(ids)
        if (plan.giveUpAfter !== null) expect(plan.giveUpAfter).toBeLessThanOrEqual(ids)
      }),
    )
  })
})

describe('the pages of a list', () => {
  it.each([
    [0, 1],
    [99, 1],
    [100, 2],
    [250, 3],
  ])('of %i rows are %i', (rows, pages) => {
    expect(pagesOf(rows)).toBe(pages)
  })
})
