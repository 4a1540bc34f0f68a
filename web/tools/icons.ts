// `import hand from 'icon:hand'`: one Lucide icon as the `d` of a single path, so that a page
// carries only the icons it names and none is parsed as HTML in the browser.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

type Shape = Record<string, string>;
const num = (shape: Shape, name: string) => Number(shape[name] ?? 0);

function circle(shape: Shape): string {
  const rx = num(shape, shape.r ? 'r' : 'rx');
  const ry = num(shape, shape.r ? 'r' : 'ry');
  const [cx, cy] = [num(shape, 'cx'), num(shape, 'cy')];
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0`;
}

function rect(shape: Shape): string {
  const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((name) => num(shape, name));
  const r = num(shape, shape.rx ? 'rx' : 'ry');
  const corner = (dx: number, dy: number) => (r ? `a${r} ${r} 0 0 1 ${dx} ${dy}` : '');
  return (
    `M${x + r} ${y}h${w - 2 * r}${corner(r, r)}v${h - 2 * r}${corner(-r, r)}` +
    `h${2 * r - w}${corner(-r, -r)}v${2 * r - h}${corner(r, -r)}z`
  );
}

// Each number of a polyline in turn; a polygon is closed.
const points = (shape: Shape, end: string) => `M${shape.points.trim().replace(/\s+/g, ' ')}${end}`;

const toPath: Record<string, (shape: Shape) => string> = {
  path: (shape) => shape.d.replace(/^m/, 'M'),
  line: (shape) => `M${shape.x1} ${shape.y1}L${shape.x2} ${shape.y2}`,
  circle,
  ellipse: circle,
  rect,
  polyline: (shape) => points(shape, ''),
  polygon: (shape) => points(shape, 'z'),
};

function attributes(text: string): Shape {
  return Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map((m) => [m[1], m[2]]));
}

export function iconPath(body: string): string {
  const shapes = [...body.matchAll(/<(path|line|circle|ellipse|rect|polyline|polygon)\b([^>]*)>/g)];
  return shapes.map(([, tag, text]) => toPath[tag](attributes(text))).join('');
}

function library(): Record<string, { body: string }> {
  const file = createRequire(import.meta.url).resolve('@iconify-json/lucide/icons.json');
  return JSON.parse(readFileSync(file, 'utf8')).icons;
}

export function icons(): Plugin {
  let known: Record<string, { body: string }> | undefined;
  return {
    name: 'rundbord-icons',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith('icon:') ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith('\0icon:')) return undefined;
      known ??= library();
      const icon = known[id.slice('\0icon:'.length)];
      if (!icon) this.error(`no Lucide icon is called ${id.slice(6)}`);
      return `export default ${JSON.stringify(iconPath(icon.body))};`;
    },
  };
}
