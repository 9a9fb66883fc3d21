import assert from 'node:assert/strict';
import { HELP } from '../../src/adapters/help.ts';
import { buildImage, describeWithEngine, runContainer } from './engine.ts';

describeWithEngine('the image', (engine) => {
  let image: string;
  before(() => {
    image = buildImage(engine);
  });

  it('says how to use it', () => {
    assert.deepEqual(runContainer(engine, [image, '--help']), { status: 0, stdout: HELP, stderr: '' });
  });
});
