import type { Pipeline, PipelineNode } from '../../../local/console/shapes/pipeline.ts';

export interface Placed {
  node: PipelineNode;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  placed: ReadonlyMap<string, Placed>;
  width: number;
  height: number;
}

const box = { width: 160, height: 56, attached: 36 };
const gap = { across: 38, down: 26, attached: 6 };
const margin = 14;

/** Columns from the left, each as high as it needs; what belongs to a box stands beneath it. */
export function layOut({ nodes, edges }: Pipeline): Layout {
  const placed = new Map<string, Placed>();
  const own = nodes.filter(({ owners }) => owners.length === 0);
  const columns = Math.max(...own.map(({ column }) => column)) + 1;
  const attachedTo = (id: string) =>
    nodes
      .filter(({ owners }) => owners[0] === id)
      .sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'table' ? -1 : 1));
  const heightOf = ({ id }: PipelineNode) =>
    box.height + attachedTo(id).length * (box.attached + gap.attached);
  const columnHeight = (column: number) =>
    own
      .filter((node) => node.column === column)
      .reduce((sum, node) => sum + heightOf(node) + gap.down, -gap.down);
  const height = Math.max(...Array.from({ length: columns }, (_, column) => columnHeight(column)));

  for (const node of own) {
    const x = margin + node.column * (box.width + gap.across);
    const above = own.slice(0, own.indexOf(node)).filter(({ column }) => column === node.column);
    const y = margin + above.reduce((sum, each) => sum + heightOf(each) + gap.down, 0);
    placed.set(node.id, { node, x, y, width: box.width, height: box.height });
    for (const [place, each] of attachedTo(node.id).entries()) {
      placed.set(each.id, {
        node: each,
        x: x + 14,
        y: y + box.height + gap.attached + place * (box.attached + gap.attached),
        width: box.width - 14,
        height: box.attached,
      });
    }
  }
  // What leads to one box only stands at the height of that.
  for (const rule of own.filter(({ kind }) => kind === 'rule' || kind === 'client' || kind === 'schedule')) {
    const [target, another] = edges.filter(({ from }) => from === rule.id);
    const [place, beside] = [placed.get(rule.id), placed.get(target?.to ?? '')];
    if (place && beside && !another) place.y = beside.y;
  }
  return {
    placed,
    width: margin * 2 + columns * (box.width + gap.across) - gap.across,
    height: height + margin * 2,
  };
}

/** From the right side of one box to the left side of the other; what passes over columns goes beneath their boxes. */
export function pathBetween(
  from: Placed,
  to: Placed,
  { placed }: Layout,
): { path: string; x: number; y: number } {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const between = [...placed.values()].filter(({ x }) => x > x1 && x < x2 - gap.across);
  if (between.length > 0) {
    const low = Math.max(y1, ...between.map(({ y, height }) => y + height + 12));
    const turns = [`C${x1 + 26} ${y1} ${x1 + 14} ${low} ${x1 + 40} ${low}`, `H${x2 - 40}`];
    const path = [`M${x1} ${y1}`, ...turns, `C${x2 - 14} ${low} ${x2 - 26} ${y2} ${x2} ${y2}`].join('');
    return { path, x: (x1 + x2) / 2, y: low };
  }
  const bend = (x2 - x1) / 1.6;
  return {
    path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
    x: (x1 + x2) / 2,
    y: (y1 + y2) / 2,
  };
}
