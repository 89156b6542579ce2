// Labels of the history in plain words.
import { describe, expect, it } from 'vitest'
import { nameLabel, stepLabel } from '../../../app/document/labels'
import { logicTypes } from '../../../blocks/catalogue'
import { typeLabel } from '../../../blocks/play/labels'

describe('labels', () => {
  it('call types and names as people do', () => {
    expect(['ema', 'crosses_above', 'lib/no_chop@1', 'k_of_n', 'here/add', 'ema@2'].map(typeLabel)).toEqual([
      'EMA',
      'Crosses above',
      'No chop',
      'K of N',
      'Add',
      'EMA',
    ])
    expect(['stop_atr', '$fast', '$long', '$risk'].map(nameLabel)).toEqual(['Stop atr', 'Fast', 'Long side', 'Risk'])
    for (const { type } of logicTypes) expect(typeLabel(type)).toMatch(/^[A-Z][A-Za-z -]*$/)
  })
  it('say what a step did', () => {
    expect(stepLabel.add('ema')).toBe('Add EMA')
    expect(stepLabel.remove(['stop_atr'])).toBe('Delete Stop atr')
    expect(stepLabel.remove(['a', 'b', 'c'])).toBe('Delete 3 nodes')
    expect(stepLabel.param('stop_atr', 2, 2.5)).toBe('Stop atr 2 → 2.5')
    expect(stepLabel.param('oi_drop', '-1.5%', undefined)).toBe('Oi drop −1.5% → default')
    expect(stepLabel.value({ node: 'ladder', key: 'steps', from: [], to: [] })).toBe('Change ladder steps')
    expect(stepLabel.value({ node: 'hot', key: '1', from: 70, to: '$hot' })).toBe('Hot second operand 70 → hot')
    expect(stepLabel.value({ node: 'few', key: 'of[1]', from: 1, to: 2 })).toBe('Few of 2 1 → 2')
    expect(stepLabel.side('short', 'unfold')).toBe('Unfold the short side')
    expect(stepLabel.fix('Take `ema_fast`')).toBe('Take ema_fast')
    expect(stepLabel.connect('atr', '$long')).toBe('Wire Atr to Long side')
  })
})
