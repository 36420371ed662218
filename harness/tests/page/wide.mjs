// @ts-check
/* A run as large as they come, out of a small one: five backends, ten steps, three trials. */

export function wide(log) {
    const records = log
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line.replaceAll('9223372036854775807', '0')));
    const run = records.find(({ record }) => record === 'run');
    const backend = records.find(({ record, skipped }) => record === 'backend' && skipped === null);
    const steps = records.filter(({ record }) => record === 'step');
    const scenario = JSON.parse(run.scenario_text);
    scenario.double.steps = 10;
    const made = [{ ...run, trials: 3, scenario_text: JSON.stringify(scenario) }];
    const names = ['alpha', 'beta', 'gamma', 'delta', 'epsilon'];
    made.push(...names.map((name) => ({ ...backend, name })));
    for (let trial = 0; trial < 3; trial++) {
        for (const [i, name] of names.entries()) {
            for (let index = 0; index < 10; index++) {
                const from = steps[Math.min(Math.floor((index * steps.length) / 10) + (i % 2), steps.length - 1)];
                made.push({
                    ...from,
                    backend: name,
                    trial,
                    index,
                    phase: 'ladder',
                    level: 250 * 2 ** index,
                    rate: 250 * 2 ** index,
                });
            }
        }
    }
    made.push({ record: 'end', ended: '2026-01-31T12:10:00Z', interrupted: false });
    return `${made.map((record) => JSON.stringify(record)).join('\n')}\n`;
}
