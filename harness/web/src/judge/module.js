// @ts-check
/* The program's own analysis, compiled to WebAssembly (harness/web/wasm/judge.c), as an object. It runs in a worker of
 * the page and in the tests. */

const NOT_THERE = 8; /* EBADF of WASI: there are no files below it */

/* What WASI's C library asks for. It reads no file, no clock and no environment. */
function systemOf(module, memory) {
    const fine = (...addresses) => {
        addresses.forEach((address) => new DataView(memory().buffer).setUint32(address, 0, true));
        return 0;
    };
    const known = {
        proc_exit(status) {
            throw new Error(`the judge ended with status ${status}`);
        },
        environ_sizes_get: (count, size) => fine(count, size),
        environ_get: () => 0,
    };
    const names = WebAssembly.Module.imports(module).map(({ name }) => name);
    return Object.fromEntries(names.map((name) => [name, known[name] ?? (() => NOT_THERE)]));
}

/** @param {BufferSource} bytes of page.wasm */
export async function loadJudge(bytes) {
    const module = await WebAssembly.compile(bytes);
    /** @type {any} */
    const exports = {};
    const instance = await WebAssembly.instantiate(module, {
        wasi_snapshot_preview1: systemOf(module, () => exports.memory),
    });
    Object.assign(exports, instance.exports);
    exports._initialize();

    /* Copies into the module's memory, which whoever gets the address frees. */
    const give = (data, terminate) => {
        const address = exports.judge_memory(data.length + (terminate ? 1 : 0));
        if (address === 0) {
            throw new Error('there is not enough memory for it');
        }
        const memory = new Uint8Array(exports.memory.buffer);
        memory.set(data, address);
        if (terminate) {
            memory[address + data.length] = 0;
        }
        return address;
    };
    const giveText = (text) => give(new TextEncoder().encode(text), true);
    const said = (status) => {
        const bytesSaid = new Uint8Array(exports.memory.buffer, exports.judge_text(), exports.judge_length());
        const text = new TextDecoder().decode(bytesSaid);
        if (status !== 0) {
            throw new Error(text);
        }
        return text;
    };

    return {
        /**
         * Reads a run log; throws an Error that says what is wrong with it.
         * @param {string} name what messages call it
         * @param {Uint8Array} contents
         */
        read: (name, contents) => {
            said(exports.judge_read(giveText(name), give(contents, false), contents.length));
        },
        /**
         * JSON of harness/report/page/page_data.h.
         * @param {string[]} changes of the limits, such as "p99=100ms"
         * @returns {string}
         */
        judge: (changes) => said(exports.judge_judge(giveText(changes.join('\n')))),
        /**
         * The run log as the page of a report under these limits holds it.
         * @param {string[]} changes as above
         * @returns {string}
         */
        log: (changes) => said(exports.judge_log(giveText(changes.join('\n')))),
    };
}
