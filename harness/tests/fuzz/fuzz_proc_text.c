/* The formats of /proc. The input: a byte that says which, a word (a key or a column) and a NUL, then the text. */
#include "fuzz.h"
#include "host/proc/proc_text.h"

#include <math.h>
#include <stdlib.h>

static void read_process(const char *text)
{
    struct proc_stat stat = {.state = '?', .parent = 4711};
    struct proc_schedstat schedstat;
    struct proc_statm statm;

    FUZZ_HOLDS(proc_text_stat(text, &stat) == 0 || (stat.state == '?' && stat.parent == 4711 && stat.cpu_ticks == 0));
    proc_text_schedstat(text, &schedstat);
    proc_text_statm(text, &statm);
}

static void read_machine(const char *text)
{
    const uint64_t untouched = 4711;
    struct proc_core_times times;
    uint64_t pid = untouched;
    double percent = -1;

    proc_text_core_times(text, &times);
    FUZZ_HOLDS(proc_text_last_pid(text, &pid) == 0 || pid == untouched);
    if (proc_text_pressure(text, &percent) == 0) {
        FUZZ_HOLDS(isfinite(percent) && percent >= 0);
    } else {
        FUZZ_HOLDS(percent == -1);
    }
}

static void read_named(const char *text, const char *word)
{
    const uint64_t untouched = 4711;
    uint64_t value = untouched;

    FUZZ_HOLDS(proc_text_bytes(text, word, &value) == 0 || value == untouched);
    value = untouched;
    FUZZ_HOLDS(proc_text_column(text, "TcpExt:", word, &value) == 0 || value == untouched);
    value = untouched;
    FUZZ_HOLDS(proc_text_column(text, word, "ListenOverflows", &value) == 0 || value == untouched);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    uint8_t which = fuzz_byte(&bytes) % 3;
    char *word = fuzz_string(&bytes);
    char *text = fuzz_string(&bytes);

    if (which == 0) {
        read_process(text);
    } else if (which == 1) {
        read_machine(text);
    } else {
        read_named(text, word);
    }
    free(text);
    free(word);
    return 0;
}
