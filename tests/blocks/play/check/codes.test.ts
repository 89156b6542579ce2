// Every code has a Play that raises it, and every fix that is offered cures what it says.
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../../../blocks/kit/problem'
import { checkPlay } from '../../../../blocks/play/check'
import { codes } from '../../../../blocks/play/check/codes'
import { applyFix } from '../../../../blocks/play/edit'
import type { PlayTree } from '../../../../blocks/play/tree'
import { base, changed } from './base'
import { type Case, cases } from './cases'

const errors = (problems: readonly Problem[]): number => problems.filter(({ severity }) => severity === 'error').length
const same = (a: Problem) => (b: Problem) =>
  a.code === b.code && a.message === b.message && a.where.node === b.where.node

describe('problems', () => {
  it('the base is without problems', () => {
    expect(checkPlay(base).problems).toEqual([])
  })

  it('every code has a case', () => {
    const raised = new Set(cases.map(({ code }) => code))
    expect(Object.keys(codes).filter((code) => !raised.has(code as Case['code']))).toEqual([])
  })

  it.each(cases.map((one, i) => [`${one.code} (${i})`, one] as const))('%s', (_, one) => {
    const tree = changed(base, one.changes)
    const { problems, flat } = checkPlay(tree, one.options)
    const found = problems.filter(({ code }) => code === one.code)
    expect(problems.map(({ code }) => code)).toContain(one.code)
    if (one.node !== undefined) expect(found.map(({ where }) => where.node)).toContain(one.node)
    expect(flat === undefined).toBe(errors(problems) > 0)
    for (const problem of found) {
      expect(problem.severity).toBe(codes[one.code].severity)
      expect(problem.message.length).toBeGreaterThan(10)
      expect(problem.where.path?.length).toBeGreaterThan(0)
    }
    if (one.fixed) expect(found.flatMap(({ fixes }) => fixes).length).toBeGreaterThan(0)
    for (const problem of problems) {
      for (const fix of problem.fixes) {
        const after = checkPlay(applyFix(tree, fix) as PlayTree, one.options).problems
        expect(after.filter(same(problem)), `${problem.code}: ${fix.label}`).toEqual([])
        expect(errors(after), `${problem.code}: ${fix.label}`).toBeLessThanOrEqual(errors(problems))
      }
    }
  })
})
