// @ts-check
/* What chooses the step that is shown. */
import { standing } from '../charts/axes.js';
import { h } from '../dom.js';
import { level, runWords } from '../words.js';

/* Backend, trial and step, by keyboard; the ladder's points and the cells above do the same. */
export function pickers(view) {
    const backend = h('select', { 'aria-label': 'backend', onchange: ({ target }) => pick(target.value, null) });
    const trial = h('select', {
        'aria-label': 'trial',
        onchange: ({ target }) => pick(view.chosen().backend.name, Number(target.value)),
    });
    const step = h('select', {
        'aria-label': 'step',
        onchange: ({ target }) => choose(view.chosen().backend, Number(target.value)),
    });
    const move = (by) => {
        const { backend: at, judged } = view.chosen();
        const all = at.steps.filter((each) => each.trial === judged.trial);
        const next = all[all.indexOf(judged) + by];
        if (next !== undefined) {
            view.choose(next, at.name);
        }
    };
    const back = h('button', { type: 'button', 'aria-label': 'the step before', onclick: () => move(-1) }, '←');
    const on = h('button', { type: 'button', 'aria-label': 'the next step', onclick: () => move(1) }, '→');
    const choose = (at, order) =>
        view.choose(
            at.steps.find((each) => each.step.order === order),
            at.name,
        );
    const pick = (name, number) => {
        const at = view.found().backends.find((each) => each.name === name);
        const level = view.chosen().judged.level;
        const steps = number === null ? standing(at) : at.steps.filter((each) => each.trial === number);
        const nearest = [...steps].sort((a, b) => Math.abs(a.level - level) - Math.abs(b.level - level))[0];
        view.choose(number === null ? (at.firstBreak ?? nearest) : nearest, name);
    };
    const element = h('div', { class: 'pickers' }, backend, trial, back, step, on);
    element.refresh = () => {
        const chosen = view.chosen();
        element.hidden = chosen === null;
        if (chosen === null) {
            return;
        }
        const { run, backends } = view.found();
        const { backend: at, judged } = chosen;
        const trials = [...new Set(at.steps.map((each) => each.trial))];
        const all = at.steps.filter((each) => each.trial === judged.trial);
        backend.replaceChildren(
            ...backends
                .filter(({ steps }) => steps.length > 0)
                .map(({ name }) => h('option', { value: name, selected: name === at.name }, name)),
        );
        trial.replaceChildren(
            ...trials.map((each) => h('option', { value: each, selected: each === judged.trial }, `trial ${each}`)),
        );
        trial.hidden = trials.length < 2;
        step.replaceChildren(
            ...all.map((each) =>
                h(
                    'option',
                    { value: each.step.order, selected: each === judged },
                    `${level(run, each.level)}${runWords(each)}: ${each.verdict}` +
                        `${each === at.firstBreak ? ', first break' : ''}`,
                ),
            ),
        );
        back.disabled = judged === all[0];
        on.disabled = judged === all.at(-1);
    };
    return element;
}
