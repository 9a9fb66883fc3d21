import assert from 'node:assert/strict';
import { type Compared, compare, reachers } from './compare.ts';

describe('the database rule', () => {
  let compared: Compared;

  before(() => {
    compared = compare('database-rule/overlays/production');
  });

  it('is one policy, as in the document', () => {
    assert.deepEqual(
      compared.generated.map(({ namespace, name }) => `${namespace}/${name}`),
      ['production/postgresql'],
    );
    assert.equal(compared.handWritten.length, 1);
  });

  it('lets the API reach the database, and nobody else', () => {
    assert.deepEqual(reachers(compared, 'production/postgresql'), ['production/api-server']);
  });

  it('says exactly what the document says', () => {
    assert.deepEqual(
      compared.rows.filter(({ generated, handWritten }) => generated !== handWritten),
      [],
    );
  });
});
