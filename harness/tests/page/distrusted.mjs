// @ts-check
/* The same run log, but that the database holds orders which nobody sent to one of its backends: what an audit finds of
 * a service that does other things than it says. */

export function distrusted(log, backend) {
    const audit = {
        record: 'audit',
        backend,
        trial: 0,
        requests: [],
        upstream: { calls: 0, counted: false, failures: 0 },
        database: { counted: true, lines: 3, orders: 3, quantity: 3, stock_taken: 3, wrong_items: 0, wrong_orders: 0 },
    };
    const lines = log
        .split('\n')
        .filter(Boolean)
        .filter((line) => {
            const record = JSON.parse(line);
            return record.record !== 'audit' || record.backend !== backend;
        });
    const end = lines.findIndex((line) => JSON.parse(line).record === 'end');
    lines.splice(end, 0, JSON.stringify(audit));
    return `${lines.join('\n')}\n`;
}

/* The names of the backends that took part. */
export function takenPart(log) {
    return log
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
        .filter(({ record, skipped }) => record === 'backend' && skipped === null)
        .map(({ name }) => name);
}
