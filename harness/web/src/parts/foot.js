// @ts-check
/* What made the page, and the command that makes it again. */
import { h } from '../dom.js';

export function footPart(view) {
    const element = h('footer', null);
    element.refresh = () => {
        const { run } = view.found();
        element.replaceChildren(
            h(
                'p',
                null,
                `twofold ${run.report.harness_version ?? ''}. This page needs no network; its data is in it. `,
                'Made again by ',
                h('code', null, `twofold report --format html --out report.html ${run.file}`),
                '.',
            ),
        );
    };
    return element;
}
