// @ts-check
/* A run log whose every string tries to be something else than text. The least of no values, which is beyond the
 * numbers of JavaScript, becomes 0. */

const ATTACKS = [
    '</script><script>globalThis.pwned = 1</script>',
    '<img src=x onerror="globalThis.pwned = 2">',
    '--></noscript><!--<script>globalThis.pwned = 3</script>',
    '"><svg onload=globalThis.pwned=4>',
    '\u2028globalThis.pwned = 5\u2029',
    '</pre></main></noscript><iframe srcdoc="<script>parent.pwned = 6</script>">',
    'javascript:globalThis.pwned=7',
    '{{constructor.constructor("pwned=8")()}}${pwned=9}`',
    '__proto__',
    '&lt;b&gt;\u202eevil\u0000',
];

/* Backends keep names that tell them apart. */
export function hostile(log) {
    let turn = 0;
    const attack = () => ATTACKS[turn++ % ATTACKS.length].replace('\u0000', '');
    const names = new Map();
    const nameOf = (name) => {
        if (!names.has(name)) {
            names.set(name, `${attack()} ${name}`);
        }
        return names.get(name);
    };
    return (
        log
            .split('\n')
            .filter(Boolean)
            .map((line) => {
                const record = JSON.parse(line.replaceAll('9223372036854775807', '0'));
                if (typeof record.backend === 'string') {
                    record.backend = nameOf(record.backend);
                }
                if (record.record === 'backend') {
                    record.name = nameOf(record.name);
                    for (const key of ['language', 'framework', 'class', 'versions', 'followed']) {
                        record[key] = attack();
                    }
                }
                if (record.record === 'run') {
                    const scenario = JSON.parse(record.scenario_text);
                    scenario.why = attack();
                    record.scenario_text = JSON.stringify(scenario);
                    for (const key of [
                        'cpu',
                        'architecture',
                        'kernel',
                        'system',
                        'virtualization',
                        'governor',
                        'clocksource',
                    ]) {
                        record.machine[key] = attack();
                    }
                    record.harness_version = attack();
                    record.started = attack();
                }
                if (record.record === 'step' && turn % 3 === 0) {
                    record.death = {
                        died: true,
                        at_ns: record.load.started_ns + 1e9,
                        exit_code: 1,
                        signal: 0,
                        output: `panic: ${attack()}\n${attack()}`,
                    };
                }
                return JSON.stringify(record);
            })
            .join('\n') + '\n'
    );
}
