// @ts-check
/* Inside one step: response time, rate, CPU, memory and what was in flight, on one axis of time, with each limit's
 * first violation marked; what became of its requests; and what chooses it. */
import { h } from '../dom.js';
import { figure } from '../figure.js';
import { judgedPercentile } from '../limits.js';
import { facts, requestClasses } from '../parts/step_requests.js';
import { pickers } from '../parts/step_pickers.js';
import { count, level, list, percentile, rate, runWords, setTime, time } from '../words.js';
import { dependenciesOf, rowsOf, samplesOf } from './moments.js';
import { percentileValue, strips } from './strips.js';

function draw(view, width) {
    const chosen = view.chosen();
    if (chosen === null) {
        return null;
    }
    const found = view.found();
    const { judged, backend } = chosen;
    const { name } = judgedPercentile(found.limits);
    const context = {
        judged,
        name,
        limits: found.limits,
        colour: view.palette().colour(backend.name),
        seconds: judged.step.load.measured_ns / 1e9,
        rows: rowsOf(judged, name),
        samples: samplesOf(judged, found.run.coreCount),
        dependencies: dependenciesOf(judged),
        last: 'Memory',
    };
    return strips(context, width);
}

function summary(view) {
    const chosen = view.chosen();
    if (chosen === null) {
        return 'No step was run.';
    }
    const { judged, backend } = chosen;
    const { run } = view.found();
    const where = `${backend.name} at ${level(run, judged.level)}${runWords(judged)}`;
    const broken = judged.breaches.map((each) => `${each.limit} at ${time(each.at_ns)} (${each.words})`);
    if (judged.verdict === 'invalid') {
        const more = broken.length > 0 ? ` What would have been said: ${list(broken)}.` : '';
        return `${where} says nothing about the service: ${judged.invalidWords}.${more}`;
    }
    const outcomes = { pass: 'holds every limit', undecided: 'has too few requests to say that it holds every limit' };
    const said = `${where} ${outcomes[judged.verdict] ?? `breaks: ${list(broken)}`}.`;
    const disturbed =
        judged.disturbedWords !== null
            ? ` Disturbed: ${judged.disturbedWords}, so its response times are longer than its own.`
            : '';
    const wrong =
        judged.firstWrong !== null
            ? ` The first wrong response, to “${judged.firstWrong.request}”: ${judged.firstWrong.in_words}.`
            : '';
    return said + disturbed + wrong;
}

function table(view) {
    const chosen = view.chosen();
    const { name } = judgedPercentile(view.found().limits);
    const rows = chosen === null ? [] : rowsOf(chosen.judged, name);
    return {
        columns: ['until', 'offered', 'successful', 'p50', percentile(percentileValue(name)), 'longest', 'waiting'],
        rows: rows.map((each) => [
            setTime(each.to * 1e9),
            rate(each.offered),
            rate(each.good),
            time(each.median),
            time(each.high),
            time(each.max),
            count(each.inFlight),
        ]),
    };
}

export function insideStep(view) {
    const picker = pickers(view);
    const numbers = h('p', { class: 'facts' });
    const requests = h('table', { class: 'data requests', 'aria-label': 'by kind of request' });
    const element = figure({
        title: 'Inside a step',
        level: 2,
        before: h(
            'div',
            null,
            picker,
            numbers,
            h(
                'div',
                { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'The requests of the step' },
                requests,
            ),
        ),
        draw: (width) => draw(view, width),
        summary: () => summary(view),
        table: () => table(view),
    });
    const refresh = element.refresh;
    element.id = 'step';
    element.refresh = () => {
        picker.refresh();
        numbers.replaceChildren(...facts(view));
        requests.replaceChildren(...requestClasses(view));
        requests.parentElement.hidden = requests.childElementCount === 0;
        refresh();
    };
    return element;
}
