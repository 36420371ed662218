// @ts-check
/* How far every run is from the first one: a row a service and run, the ratio as a dot, its interval as a line. */
import * as Plot from '@observablehq/plot';

function marksOf({ backends, runs }) {
    return backends.flatMap(({ name, runs: sides }) =>
        sides
            .slice(1)
            .map(({ label, figures }) => ({
                name,
                row: runs.length > 2 ? `${name} ${label}` : name,
                label,
                ...figures.capacity.change,
            }))
            .filter(({ ratio }) => ratio !== null && ratio > 0),
    );
}

const FONT = 'var(--font)';
const times = (value) => `×${Number(value.toPrecision(3))}`;

/**
 * As many as there is room for, the same on both sides of 1.
 * @param {number[]} domain
 * @param {number} width
 */
function ticksIn([low, high], width) {
    const steps =
        high / low > 12
            ? [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16]
            : width < 500
              ? [0.25, 0.5, 1, 2, 4]
              : [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4];
    return steps.filter((step) => step >= low && step <= high);
}

function draw(marks, palette, width) {
    const domain = [
        Math.min(0.5, ...marks.map(({ low, ratio }) => (low > 0 ? low : ratio))) / 1.1,
        Math.max(2, ...marks.map(({ high, ratio }) => high ?? ratio)) * 1.1,
    ];
    const ticks = ticksIn(domain, width);
    const colour = ({ name }) => palette.colour(name);
    return Plot.plot({
        width,
        height: 62 + 34 * marks.length,
        marginTop: 8,
        marginBottom: 42,
        marginLeft: Math.min(110, width / 3),
        marginRight: 64,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: { type: 'log', domain, label: null },
        y: { type: 'band', label: null, domain: marks.map(({ row }) => row), axis: null },
        marks: [
            Plot.gridX(ticks, { stroke: 'var(--line)', strokeOpacity: 1 }),
            Plot.ruleX([1], { stroke: 'var(--line-strong)', strokeWidth: 1.5 }),
            Plot.axisX(ticks, {
                tickFormat: times,
                tickSize: 4,
                fontFamily: FONT,
                fontSize: 12,
                label: 'times as much as in A →',
                labelAnchor: 'right',
                labelArrow: 'none',
            }),
            Plot.text(marks, {
                y: 'row',
                text: 'row',
                frameAnchor: 'left',
                textAnchor: 'start',
                dx: -Math.min(110, width / 3),
                fontFamily: FONT,
                fontSize: 13,
                fontWeight: 650,
                fill: colour,
            }),
            Plot.ruleY(
                marks.filter(({ low, high }) => low > 0 && high !== null),
                { x1: 'low', x2: 'high', y: 'row', stroke: colour, strokeWidth: 2.5 },
            ),
            Plot.dot(marks, {
                x: 'ratio',
                y: 'row',
                r: 5.5,
                stroke: colour,
                strokeWidth: 2,
                fill: ({ name, difference }) => (difference === 'not_seen' ? 'var(--paper)' : palette.colour(name)),
            }),
            Plot.text(marks, {
                x: ({ high, ratio }) => high ?? ratio,
                y: 'row',
                text: ({ ratio }) => times(ratio),
                textAnchor: 'start',
                dx: 12,
                fontFamily: FONT,
                fontSize: 12,
                fill: 'var(--quiet)',
            }),
        ],
    });
}

export function changes(data, palette) {
    const marks = marksOf(data);
    const others = data.runs
        .slice(1)
        .map(({ label }) => label)
        .join(', ');
    return {
        title: `Capacity of ${others} to that of A`,
        level: 2,
        summary: () =>
            marks.length === 0
                ? 'No service has a capacity in both.'
                : 'A dot right of the line holds more than in A. Without a line through it there is no interval; ' +
                  'a hollow dot is no difference seen.',
        draw: (width) => (marks.length === 0 ? null : draw(marks, palette, width)),
        table: () => ({
            columns: ['service', 'run', 'ratio', 'from', 'to', 'difference'],
            rows: marks.map(({ name, label, ratio, low, high, difference }) => [
                name,
                label,
                ...[ratio, low, high].map((value) => (value === null ? '–' : String(Number(value.toPrecision(4))))),
                difference.replace('_', ' '),
            ]),
        }),
    };
}
