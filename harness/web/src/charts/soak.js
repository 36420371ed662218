/* A steady load at a share of what each one held, after everything else: whether it kept the limits, and whether its memory
 * kept growing. What is said of its rise is the program's (harness/report/rise.c), which depends on no limit. */
import * as Plot from '@observablehq/plot';
import { h } from '../dom.js';
import { figure } from '../figure.js';
import { realShare } from '../rules/verdict.js';
import { breach, INVALID_WORDS, kept, level, list, longTime, setSize, setTime, size, time } from '../words.js';
import { FONT, shortSize, sizesTo } from './axes.js';
import { seriesNames } from './names.js';

const HEIGHT = 240;
const MARGIN = { marginLeft: 62, marginRight: 64, marginTop: 12, marginBottom: 40 };

const soaked = (found) => found.trusted.filter(({ soak }) => soak !== null);

/* Memory held at each sample of the measured part: {name, x: seconds, y: bytes}. */
function curvesOf(found) {
    return soaked(found).flatMap(({ name, soak: { step } }) => {
        const real = realShare(step.memory);
        const { at_ns: at, rss_bytes: rss } = step.samples;
        return at.abs
            .map((ns, i) => ({ name, x: ns / 1e9, y: rss.abs[i] * real }))
            .filter(({ x, y }) => x >= 0 && x <= step.load.measured_ns / 1e9 && y > 0);
    });
}

function draw(found, palette, width) {
    const curves = curvesOf(found);
    if (curves.length === 0) {
        return null;
    }
    const high = Math.max(...curves.map(({ y }) => y)) * 1.08;
    const ticks = sizesTo(high);
    const plot = Plot.plot({
        width,
        height: HEIGHT,
        ...MARGIN,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: { domain: [0, Math.max(...curves.map(({ x }) => x))], label: null },
        y: { domain: [0, high], label: null },
        marks: [
            Plot.gridY(ticks, { stroke: 'var(--line)', strokeOpacity: 1 }),
            Plot.axisY(ticks, { tickFormat: shortSize, tickSize: 0, fontFamily: FONT, fontSize: 12, label: null }),
            Plot.axisX({
                label: 'seconds under the steady load →',
                labelAnchor: 'right',
                labelArrow: 'none',
                ticks: 6,
                fontFamily: FONT,
                fontSize: 12,
            }),
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
    seriesNames(
        plot,
        curves,
        palette,
        { left: MARGIN.marginLeft, right: width, top: 6, bottom: HEIGHT - MARGIN.marginBottom },
        8,
    );
    return plot;
}

const forHow = ({ soak: { step } }) => `for ${setTime(step.load.measured_ns)}`;
const when = (at_ns) => (at_ns === 0 ? 'at the start' : `at ${time(at_ns)}`);

/* What it came to, and what there is to say of that. */
function outcome(found, backend) {
    const { soak } = backend;
    const at = level(found.run, soak.step.level);
    const broken = soak.breaches.map(
        (each) => `${each.limit} ${when(each.at_ns)} (${breach(each, found.limits, soak.step)})`,
    );
    switch (soak.verdict) {
        case 'invalid':
            return [
                `${at} ${forHow(backend)} says nothing of it`,
                `: ${list(soak.invalid.map((why) => INVALID_WORDS[why] ?? why))}`,
            ];
        case 'break':
            return [`broke under ${at}`, `: ${list(broken)}`];
        default:
            return [`held ${at} ${forHow(backend)}`, ''];
    }
}

/* A rise that takes longer to its limit than two years is told without it (harness/report/rise.c). */
const TOLD_MOST_S = 730 * 86400;

function memoryWords({ limits }, { step: { rise }, limitAfter_s: after }) {
    const told = rise.seen && after > 0 && after < TOLD_MOST_S;
    return told ? `${rise.words} and would reach ${setSize(limits.memory_bytes)} in ${longTime(after)}` : rise.words;
}

function sentenceOf(found, palette, backend) {
    const [lead, more] = outcome(found, backend);
    return h(
        'li',
        null,
        h('b', { style: `color: ${palette.colour(backend.name)}` }, backend.name),
        h(
            'span',
            null,
            h('span', { class: 'lead' }, ` ${kept(lead)}`),
            kept(`${more}; ${memoryWords(found, backend.soak)}.`),
        ),
    );
}

function table(found) {
    return {
        columns: [
            'service',
            'load',
            'verdict',
            'memory at first',
            'at the end',
            'it rises a minute by',
            '95 % interval',
        ],
        rows: soaked(found).map((backend) => {
            const { rise } = backend.soak.step;
            return [
                backend.name,
                `${level(found.run, backend.soak.step.level)} ${forHow(backend)}`,
                backend.soak.verdict,
                size(rise.start_bytes),
                size(rise.end_bytes),
                rise.estimate,
                rise.interval,
            ];
        }),
    };
}

export function soak(view) {
    const sentences = h('ul', { class: 'sentences soaked' });
    const shown = figure({
        title: 'Under a steady load',
        level: 2,
        before: sentences,
        draw: (width) => draw(view.found(), view.palette(), width),
        summary: () => 'After the ladder, at a share of what each one held. A slope is told with its interval of 95 %.',
        table: () => table(view.found()),
    });
    const element = h('div', { class: 'row' }, shown);
    element.refresh = () => {
        const found = view.found();
        element.hidden = soaked(found).length === 0;
        sentences.replaceChildren(...soaked(found).map((backend) => sentenceOf(found, view.palette(), backend)));
        shown.refresh();
    };
    return element;
}
