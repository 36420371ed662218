// @ts-check
/* How each one came back when the load had dropped to the first step's at once, right after the ladder. */
import * as Plot from '@observablehq/plot';
import { h } from '../dom.js';
import { figure } from '../figure.js';
import { judgedPercentile } from '../limits.js';
import { list, percentile, shortTime, size, time } from '../words.js';
import { FONT, powersIn } from './axes.js';
import { seriesNames } from './names.js';

const HEIGHT = 240;

/* A row an interval: seconds since the load dropped, and the judged percentile of what was due in it. */
function curvesOf(found) {
    const { name } = judgedPercentile(found.limits);
    return found.trusted
        .filter(({ recovery }) => recovery !== null)
        .flatMap((backend) => {
            const {
                record: { intervals, load },
                gap_ns: gap,
            } = backend.recovery;
            return intervals.quantiles[name]
                .map((ns, i) => ({
                    name: backend.name,
                    x: (gap + (i + 1) * load.window_ns) / 1e9,
                    y: ns,
                    inFlight: intervals.in_flight[i],
                }))
                .filter(({ y }) => y > 0);
        });
}

function draw(found, palette, width) {
    const curves = curvesOf(found);
    if (curves.length === 0) {
        return null;
    }
    const { limits } = found;
    const values = curves.map(({ y }) => y).concat(limits.latency_ns > 0 ? [limits.latency_ns] : []);
    const domain = [Math.min(...values) / 1.4, Math.max(...values) * 1.6];
    const plot = Plot.plot({
        width,
        height: HEIGHT,
        marginLeft: 56,
        marginRight: 64,
        marginTop: 12,
        marginBottom: 40,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: { domain: [0, Math.max(...curves.map(({ x }) => x))], label: null },
        y: { type: 'log', domain, label: null },
        marks: [
            Plot.gridY(powersIn(domain), { stroke: 'var(--line)', strokeOpacity: 1 }),
            Plot.axisY(powersIn(domain), { text: shortTime, tickSize: 0, fontFamily: FONT, fontSize: 12, label: null }),
            Plot.axisX({
                label: 'seconds since the load dropped →',
                labelAnchor: 'right',
                labelArrow: 'none',
                ticks: 6,
                fontFamily: FONT,
                fontSize: 12,
            }),
            ...(limits.latency_ns > 0
                ? [
                      Plot.ruleY([limits.latency_ns], {
                          stroke: 'var(--break)',
                          strokeWidth: 1.3,
                          strokeDasharray: '7 4',
                      }),
                  ]
                : []),
            Plot.line(curves, {
                x: 'x',
                y: 'y',
                z: 'name',
                stroke: ({ name }) => palette.colour(name),
                strokeWidth: 2,
                strokeLinejoin: 'round',
            }),
        ],
    });
    seriesNames(plot, curves, palette, { left: 56, right: width, top: 6, bottom: HEIGHT - 40 }, 8);
    return plot;
}

/* "after 1.03 s" */
function when(recovery) {
    if (recovery.died) {
        return 'never: its process ended';
    }
    if (recovery.recovered === null) {
        return 'not known: the generator or the machine was at fault';
    }
    return recovery.recovered
        ? `after ${recovery.again ? 'at most ' : ''}${time(recovery.after_ns)}`
        : `not within ${time(recovery.within_ns)}`;
}

function outcome({ name, recovery }) {
    return `${name} ${when(recovery)}`;
}

function summary(found) {
    const known = found.trusted.filter(({ recovery }) => recovery !== null);
    const judged = found.limits.latency_ns > 0 ? percentile(found.limits.percentile) : 'p99';
    return known.length === 0
        ? 'Not measured in this run.'
        : `${judged} at the first step’s load. Well again: ${list(known.map(outcome))}.`;
}

function table(found) {
    return {
        columns: ['service', 'well again', 'memory idle', 'after the first step', 'at its highest', 'held afterwards'],
        rows: found.trusted
            .filter(({ recovery }) => recovery !== null)
            .map(({ name, recovery }) => [
                name,
                when(recovery),
                ...[recovery.idle_bytes, recovery.first_bytes, recovery.highest_bytes, recovery.held_bytes].map(size),
            ]),
    };
}

export function recovery(view) {
    const shown = figure({
        title: 'How they come back',
        level: 2,
        draw: (width) => draw(view.found(), view.palette(), width),
        summary: () => summary(view.found()),
        table: () => table(view.found()),
    });
    const element = h('div', { class: 'row' }, shown);
    element.refresh = () => {
        element.hidden = view.found().trusted.every(({ recovery }) => recovery === null);
        shown.refresh();
    };
    return element;
}
