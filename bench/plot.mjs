const WIDTH = 720;
const HEIGHT = 420;
const LEFT = 64;
const RIGHT = 150;
const TOP = 24;
const BOTTOM = 48;
const SIZES = [100, 1000, 10000, 100000];
const CURVES = {
  postern: { label: 'Postern', colour: '#0f766e', dark: '#2dd4bf' },
  kyaml: { label: 'Go (kyaml)', colour: '#b45309', dark: '#fbbf24' },
  sdk: { label: 'kpt-functions', colour: '#6d28d9', dark: '#c4b5fd' },
};

/** The curve of the measurements as an SVG, both axes logarithmic, for light and dark pages. `at`: by size, then by contestant. */
export function plot(at) {
  const times = SIZES.flatMap((size) => Object.keys(CURVES).map((name) => at[size][name].wall));
  const low = 10 ** Math.floor(Math.log10(Math.min(...times)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...times)));
  const x = (size) => LEFT + (Math.log10(size / 100) / 3) * (WIDTH - LEFT - RIGHT);
  const y = (time) => HEIGHT - BOTTOM - (Math.log(time / low) / Math.log(high / low)) * (HEIGHT - TOP - BOTTOM);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Time by number of items">
<style>
text { font: 13px system-ui, sans-serif; fill: #374151; }
.grid { stroke: #d1d5db; }
.curve { fill: none; stroke-width: 2.5; }
${Object.entries(CURVES)
  .map(([name, { colour }]) => `.${name} { stroke: ${colour}; } text.${name} { stroke: none; fill: ${colour}; }`)
  .join('\n')}
@media (prefers-color-scheme: dark) {
text { fill: #d1d5db; }
.grid { stroke: #4b5563; }
${Object.entries(CURVES)
  .map(([name, { dark }]) => `.${name} { stroke: ${dark}; } text.${name} { fill: ${dark}; }`)
  .join('\n')}
}
</style>
${ticks(low, high)
  .map((time) => horizontal(y(time), time))
  .join('\n')}
${SIZES.map((size) => `<text x="${round(x(size))}" y="${HEIGHT - BOTTOM + 22}" text-anchor="middle">${size.toLocaleString('en')}</text>`).join('\n')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">items</text>
${Object.keys(CURVES)
  .map((name) => curve(name, at, x, y))
  .join('\n')}
${labels(at, x, y)}
</svg>
`;
}

function ticks(low, high) {
  const count = Math.round(Math.log10(high / low));
  return Array.from({ length: count + 1 }, (_, power) => low * 10 ** power);
}

function horizontal(y, time) {
  const label = time < 1000 ? `${time} ms` : `${time / 1000} s`;
  return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y)}" y2="${round(y)}"/><text x="${LEFT - 8}" y="${round(y) + 4}" text-anchor="end">${label}</text>`;
}

function curve(name, at, x, y) {
  const points = SIZES.map((size) => [round(x(size)), round(y(at[size][name].wall))]);
  const dots = points.map(([cx, cy]) => `<circle class="${name}" cx="${cx}" cy="${cy}" r="3"/>`).join('');
  return `<polyline class="curve ${name}" points="${points.map((point) => point.join(',')).join(' ')}"/>${dots}`;
}

/** Beside the last point of each curve, moved apart where two would touch. */
function labels(at, x, y) {
  const last = SIZES.at(-1);
  const places = Object.keys(CURVES)
    .map((name) => ({ name, y: y(at[last][name].wall) + 4 }))
    .sort((a, b) => a.y - b.y);
  for (let index = 1; index < places.length; index += 1) {
    places[index].y = Math.max(places[index].y, places[index - 1].y + 18);
  }
  return places
    .map(
      (place) =>
        `<text class="${place.name}" x="${round(x(last)) + 10}" y="${round(place.y)}">${CURVES[place.name].label}</text>`,
    )
    .join('\n');
}

function round(value) {
  return Math.round(value * 10) / 10;
}
