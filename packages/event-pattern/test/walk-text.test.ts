import { Fields } from '../src/event/fields.ts';
import { PathNode } from '../src/event/path-node.ts';
import { walkText } from '../src/event/walk-text.ts';

it('what goes wrong while an event is read is not taken for an event that is wrong', () => {
  const root = new PathNode();
  root.slotAt('a');
  const fields = new Fields();
  jest.spyOn(fields, 'add').mockImplementation(() => {
    throw new RangeError('no room');
  });
  expect(() => walkText('{"a": 1}', root, fields)).toThrow(RangeError);
});
