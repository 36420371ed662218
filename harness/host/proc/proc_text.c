#include "host/proc/proc_text.h"

#include "base/clock.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The next `count` whole numbers at `at`. strtoull alone would also take signs, and the end of a line for a blank. */
static const char *numbers(const char *at, uint64_t *ret_numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *end;
        at += strspn(at, " \t");
        if (!isdigit((unsigned char)*at)) {
            return NULL;
        }
        ret_numbers[i] = strtoull(at, &end, 10);
        at = end;
    }
    return at;
}

/* Past `count` fields; they may be negative numbers. */
static const char *skip(const char *at, size_t count)
{
    while (count-- > 0) {
        at += strspn(at, " ");
        at += strcspn(at, " ");
    }
    return at;
}

int proc_text_stat(const char *text, struct proc_stat *ret_stat)
{
    const char *at = strrchr(text, ')');
    uint64_t ties[3], faults[2], times[4], start = 0, block = 0;

    if (at == NULL || at[1] != ' ' || at[2] == '\0') {
        return -1;
    }
    char state = at[2];
    at = numbers(at + 3, ties, 3);
    at = at != NULL ? numbers(skip(at, 5), faults, 2) : NULL;
    at = at != NULL ? numbers(at, times, 4) : NULL;
    if (at == NULL) {
        return -1;
    }
    at = numbers(skip(at, 4), &start, 1);
    if (at != NULL) {
        numbers(skip(at, 19), &block, 1);
    }
    *ret_stat = (struct proc_stat){
        .state = state,
        .parent = (pid_t)ties[0],
        .group = (pid_t)ties[1],
        .session = (pid_t)ties[2],
        .major_faults = faults[0],
        .cpu_ticks = times[0] + times[1],
        .waited_ticks = times[2] + times[3],
        .start_ticks = start,
        .block_wait_ticks = block,
    };
    return 0;
}

uint64_t proc_text_ticks_ns(uint64_t ticks)
{
    return ticks * (CLOCK_SECOND_NS / (uint64_t)sysconf(_SC_CLK_TCK));
}

int proc_text_schedstat(const char *text, struct proc_schedstat *ret_schedstat)
{
    uint64_t values[3];

    if (numbers(text, values, 3) == NULL) {
        return -1;
    }
    *ret_schedstat = (struct proc_schedstat){.cpu_ns = values[0], .run_delay_ns = values[1], .switches = values[2]};
    return 0;
}

int proc_text_statm(const char *text, struct proc_statm *ret_statm)
{
    uint64_t values[3];

    if (numbers(text, values, 3) == NULL) {
        return -1;
    }
    *ret_statm = (struct proc_statm){.size_pages = values[0], .rss_pages = values[1], .shared_pages = values[2]};
    return 0;
}

static const char *next_line(const char *line)
{
    line += strcspn(line, "\n");
    return *line == '\n' ? line + 1 : NULL;
}

static const char *line_with(const char *text, const char *start)
{
    size_t length = strlen(start);

    for (const char *line = text; line != NULL; line = next_line(line)) {
        if (strncmp(line, start, length) == 0) {
            return line;
        }
    }
    return NULL;
}

int proc_text_bytes(const char *text, const char *key, uint64_t *ret_bytes)
{
    const char *line = line_with(text, key);
    uint64_t kibibytes;

    if (line == NULL || numbers(line + strlen(key), &kibibytes, 1) == NULL) {
        return -1;
    }
    *ret_bytes = kibibytes * 1024;
    return 0;
}

int proc_text_number(const char *text, const char *key, uint64_t *ret_number)
{
    const char *line = line_with(text, key);
    if (line == NULL || numbers(line + strlen(key), ret_number, 1) == NULL) {
        return -1;
    }
    return 0;
}

int proc_text_file_descriptor_limit(const char *text, uint64_t *ret_limit)
{
    static const char start[] = "Max open files";
    const char *line = line_with(text, start);

    if (line == NULL) {
        return -1;
    }
    const char *at = line + sizeof start - 1;
    at += strspn(at, " ");
    if (strncmp(at, "unlimited", strlen("unlimited")) == 0) {
        *ret_limit = UINT64_MAX;
        return 0;
    }
    if (numbers(at, ret_limit, 1) == NULL) {
        return -1;
    }
    return 0;
}

static size_t word_length(const char *at)
{
    return strcspn(at, " \n");
}

int proc_text_column(const char *text, const char *row, const char *column, uint64_t *ret_value)
{
    const char *name = line_with(text, row);
    const char *value = name != NULL ? next_line(name) : NULL;
    size_t wanted = strlen(column);

    if (value == NULL || strncmp(value, row, strlen(row)) != 0) {
        return -1;
    }
    for (;;) {
        size_t length = word_length(name), value_length = word_length(value);
        if (length == wanted && strncmp(name, column, wanted) == 0) {
            if (numbers(value, ret_value, 1) == NULL) {
                return -1;
            }
            return 0;
        }
        if (name[length] != ' ' || value[value_length] != ' ') {
            return -1;
        }
        name += length + 1;
        value += value_length + 1;
    }
}

int proc_text_core_times(const char *line, struct proc_core_times *ret_times)
{
    enum { USER, NICE, SYSTEM, IDLE, IOWAIT, IRQ, SOFTIRQ, STEAL, FIELDS };
    uint64_t ticks[FIELDS];

    if (strncmp(line, "cpu", 3) != 0 || numbers(line + word_length(line), ticks, FIELDS) == NULL) {
        return -1;
    }
    *ret_times = (struct proc_core_times){
        .busy_ticks = ticks[USER] + ticks[NICE] + ticks[SYSTEM] + ticks[IRQ] + ticks[SOFTIRQ],
        .idle_ticks = ticks[IDLE] + ticks[IOWAIT],
        .steal_ticks = ticks[STEAL],
        .kernel_ticks = ticks[IRQ] + ticks[SOFTIRQ],
    };
    return 0;
}

int proc_text_last_pid(const char *text, uint64_t *ret_pid)
{
    if (numbers(skip(text, 4), ret_pid, 1) == NULL) {
        return -1;
    }
    return 0;
}

/* By hand, because strtod expects the decimal point of the locale. */
int proc_text_pressure(const char *text, double *ret_percent)
{
    static const char start[] = "some avg10=";
    const char *line = line_with(text, start);
    uint64_t whole, hundredths = 0;

    if (line == NULL) {
        return -1;
    }
    const char *at = numbers(line + sizeof start - 1, &whole, 1);
    if (at == NULL || (*at == '.' && numbers(at + 1, &hundredths, 1) == NULL)) {
        return -1;
    }
    *ret_percent = (double)whole + (double)hundredths / 100;
    return 0;
}
