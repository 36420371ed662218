// @ts-check
/* A steady load at a share of what each one held, after everything else: whether it kept the limits, and whether its
 * memory kept growing. What is said of it is the program's. */
import * as Plot from '@observablehq/plot';
import { h } from '../dom.js';
import { figure } from '../figure.js';
import { kept, level, setTime, size } from '../words.js';
import { FONT, shortSize, sizesTo } from './axes.js';
import { seriesNames } from './names.js';

const HEIGHT = 240;
const MARGIN = { marginLeft: 62, marginRight: 64, marginTop: 12, marginBottom: 40 };

const soaked = (found) => found.trusted.filter(({ soak }) => soak !== null);

/* Memory held at each sample of the measured part: {name, x: seconds, y: bytes}. */
function curvesOf(found) {
    return soaked(found).flatMap(({ name, soak: { step } }) => {
        const { at_ns: at, rss_bytes: rss } = step.samples;
        return at
            .map((ns, i) => ({ name, x: ns / 1e9, y: rss[i] * step.memoryShare }))
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

/* "It held a steady load of 8,000/s for 60.0 s", and the rest of the sentence. */
function sentenceOf(palette, { name, soak }) {
    const [lead, ...rest] = soak.sentence.trim().split(':');
    return h(
        'li',
        null,
        h('b', { style: `color: ${palette.colour(name)}` }, name),
        h(
            'span',
            null,
            h('span', { class: 'lead' }, ` ${kept(lead)}`),
            rest.length > 0 ? kept(`:${rest.join(':')}`) : '',
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
        rows: soaked(found).map((backend) => [
            backend.name,
            `${level(found.run, backend.soak.level)} ${forHow(backend)}`,
            backend.soak.verdict,
            size(backend.soak.soak.memory_start_bytes),
            size(backend.soak.soak.memory_end_bytes),
            backend.soak.estimate,
            backend.soak.interval,
        ]),
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
        sentences.replaceChildren(...soaked(found).map((backend) => sentenceOf(view.palette(), backend)));
        shown.refresh();
    };
    return element;
}
