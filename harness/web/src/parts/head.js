// @ts-check
/* Whose page it is, which run it shows, and in which light. */
import { h, svg } from '../dom.js';

/* Bars that double. */
export function mark() {
    return svg(
        'svg',
        { viewBox: '0 0 22 16', width: 22, height: 16, 'aria-hidden': 'true', class: 'mark' },
        ...[2, 4, 8, 16].map((height, i) => svg('rect', { x: i * 6, y: 16 - height, width: 4, height, rx: 0.8 })),
    );
}

export function isDark() {
    const set = document.documentElement.dataset.theme;
    return set !== undefined ? set === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

export function headPart(view) {
    const picker =
        view.runs.length > 1
            ? h(
                  'label',
                  { class: 'picker' },
                  h('span', null, 'run'),
                  h(
                      'select',
                      { onchange: ({ target }) => view.setRun(Number(target.value)) },
                      view.runs.map((run, i) => h('option', { value: i }, run.file)),
                  ),
              )
            : null;
    const theme = h('button', {
        type: 'button',
        class: 'theme',
        onclick: () => view.setTheme(isDark() ? 'light' : 'dark'),
    });
    const title = h('h1', null, 'What breaks first when traffic doubles?');
    const about = h('p', { class: 'about' });
    const element = h(
        'header',
        null,
        h(
            'div',
            { class: 'bar' },
            h('span', { class: 'brand' }, mark(), 'twofold'),
            h('span', { class: 'fill' }),
            picker,
            theme,
        ),
        title,
        about,
    );

    element.refresh = () => {
        const { report } = view.found().run;
        theme.textContent = isDark() ? 'Light' : 'Dark';
        theme.setAttribute('aria-label', `Switch to the ${isDark() ? 'light' : 'dark'} theme`);
        if (picker !== null) {
            picker.querySelector('select').value = String(view.state().run);
        }
        about.replaceChildren(
            h('b', null, report.scenario),
            report.why ? `: ${report.why}. ` : '. ',
            [
                report.machine.cpu,
                report.machine.cores !== null ? `${report.machine.cores} cores` : null,
                (report.started ?? '').slice(0, 10),
            ]
                .filter(Boolean)
                .join(', '),
            '.',
        );
    };
    return element;
}
