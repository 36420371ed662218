/* The top of the page: the one answer, and a sentence for each backend. */
import { answer, sentence } from '../answer.js';
import { h } from '../dom.js';
import { sameLimits, limitsOf } from '../rules/limits.js';

export function answerPart(view) {
    const said = h('p', { class: 'answer', 'aria-live': 'polite' });
    const sentences = h('ul', { class: 'sentences' });
    const element = h('section', { 'aria-label': 'The answer' }, said, sentences);

    element.refresh = () => {
        const found = view.found();
        const { report } = found.run;
        const own = sameLimits(found.limits, limitsOf(report.limits));
        said.textContent = own ? report.answer : answer(found);
        sentences.replaceChildren(...found.backends.map((backend) => {
            const words = own ? backend.reported.sentence : sentence(found, backend);
            const rest = words.startsWith(backend.name) ? words.slice(backend.name.length) : ` ${words}`;
            return h('li', null, h('b', { style: `color: ${view.palette().colour(backend.name)}` }, backend.name), rest);
        }));
    };
    return element;
}
