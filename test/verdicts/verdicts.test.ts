import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { agreements } from './agreement.ts';
import { type Compared, compareSamples } from './compare.ts';
import { explain, readExplanations } from './explanations.ts';
import { readSamples, samplesFolder } from './samples.ts';

const samples = readSamples(samplesFolder);
const skip = typeof samples === 'string' ? samples : false;

describe('what tsips check and the originals say of the sample configs', { skip }, () => {
  const compared: Promise<Compared> = compareSamples(typeof samples === 'string' ? [] : samples);

  test('they agree as far as the aims want', async () => {
    const below = agreements(await compared).filter(({ share, aim }) => share < aim);
    assert.deepEqual(below, []);
  });

  test('most runs say enough to be compared', async () => {
    const vague = agreements(await compared).filter(({ runs, comparable }) => comparable * 4 < runs);
    assert.deepEqual(vague, []);
  });

  test('every difference is explained, and every explanation is needed', async () => {
    const { unexplained, stale } = explain(await compared, readExplanations());
    assert.deepEqual({ unexplained, stale }, { unexplained: [], stale: [] });
  });
});
