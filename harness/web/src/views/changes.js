/* How far every run is from the first one: a row a service and run, the ratio as a dot, its interval as a line. */
import * as Plot from '@observablehq/plot';

function marksOf({ backends, runs }) {
    return backends.flatMap(({ name, runs: sides }) => sides.slice(1).map(({ label, figures }) => ({
        name,
        row: runs.length > 2 ? `${name} ${label}` : name,
        label,
        ...figures.capacity.change,
    })).filter(({ ratio }) => ratio !== null && ratio > 0));
}

export function changes(data, palette) {
    const marks = marksOf(data);
    const others = data.runs.slice(1).map(({ label }) => label).join(', ');
    return {
        title: `Capacity of ${others} to that of A`,
        level: 2,
        summary: () => (marks.length === 0 ? 'No service has a capacity in both.' : 'A dot right of the line holds more than in A. Without a line through it there is no interval; a hollow dot is no difference seen.'),
        draw: (width) => (marks.length === 0 ? null : Plot.plot({
            width,
            height: 76 + 30 * marks.length,
            marginBottom: 46,
            marginLeft: Math.min(140, width / 3),
            marginRight: 20,
            style: { background: 'transparent', fontSize: '13px', fontFamily: 'inherit', color: 'var(--ink)' },
            x: { type: 'log', label: 'times as much as in A', labelAnchor: 'center', labelOffset: 40, grid: false, tickFormat: (value) => `×${Number(value.toPrecision(3))}`, ticks: width < 500 ? 3 : 6,
                domain: [Math.min(0.5, ...marks.map(({ low, ratio }) => (low > 0 ? low : ratio))) / 1.1, Math.max(2, ...marks.map(({ high, ratio }) => high ?? ratio)) * 1.1] },
            y: { type: 'band', label: null, domain: marks.map(({ row }) => row) },
            marks: [
                Plot.ruleX([1], { stroke: 'var(--line-strong)' }),
                Plot.ruleY(marks.filter(({ low, high }) => low > 0 && high !== null), { x1: 'low', x2: 'high', y: 'row', stroke: ({ name }) => palette.colour(name), strokeWidth: 2.5 }),
                Plot.dot(marks, { x: 'ratio', y: 'row', r: 5.5, stroke: ({ name }) => palette.colour(name), strokeWidth: 2, fill: ({ name, difference }) => (difference === 'not_seen' ? 'var(--paper)' : palette.colour(name)) }),
            ],
        })),
        table: () => ({
            columns: ['service', 'run', 'ratio', 'from', 'to', 'difference'],
            rows: marks.map(({ name, label, ratio, low, high, difference }) => [name, label, ...[ratio, low, high].map((value) => (value === null ? '–' : String(Number(value.toPrecision(4))))), difference.replace('_', ' ')]),
        }),
    };
}
