#include "host/profile/perf.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "host/process/offspring.h"
#include "host/process/process.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define START_TIMEOUT_NS (500 * UINT64_C(1000000))
#define END_TIMEOUT_NS   (10 * CLOCK_SECOND_NS)
#define FOLD_TIMEOUT_NS  (60 * CLOCK_SECOND_NS)

/* ---- recording ---- */

/* "4711,4712" */
static char *pids_of(pid_t pid)
{
    struct offspring offspring = {0};
    struct text pids = {0};

    offspring_add(&offspring, pid, NULL);
    text_format(&pids, "%ld", (long)pid);
    for (size_t i = 0; i < offspring.count; i++) {
        text_format(&pids, ",%ld", (long)offspring.held[i].pid);
    }
    offspring_release(&offspring);
    return text_take(&pids);
}

/* Whether it has ended before the time is over. */
static bool ends_within(const struct child *child, uint64_t timeout_ns, struct ending *ret_ending)
{
    uint64_t until_ns = clock_now_ns() + timeout_ns;

    while (!child_ended(child, ret_ending)) {
        if (clock_now_ns() >= until_ns) {
            return false;
        }
        poll(NULL, 0, 10);
    }
    return true;
}

/* perf's first line, in the error. */
static int refuse(const struct perf *perf, struct error *err)
{
    char said[512];
    ssize_t length = read(perf->child.output, said, sizeof said - 1);

    said[length > 0 ? length : 0] = '\0';
    said[strcspn(said, "\n")] = '\0';
    return error_failed(err, "perf record does not run here: %s", said[0] != '\0' ? said : "it says nothing");
}

static void release(struct perf *perf)
{
    child_release(&perf->child);
    unlink(perf->file);
    free(perf->file);
    *perf = (struct perf){0};
}

int perf_start(struct perf *perf, pid_t pid, const char *file, struct error *err)
{
    char *program = child_find_program("perf");
    struct ending ending;

    if (program == NULL) {
        return error_failed(err, "there is no perf here (Debian: apt-get install linux-perf)");
    }
    free(program);
    char *pids = pids_of(pid), *rate = mem_format("%d", PERF_HZ);
    char *argv[] = {"perf", "record", "-q", "-g", "-F", rate, "-o", (char *)file, "-p", pids, NULL};
    *perf = (struct perf){.file = mem_string(file)};
    int result = child_start(&perf->child, &(struct child_options){.argv = argv}, err);
    free(pids);
    free(rate);
    if (result != 0) {
        free(perf->file);
        return -1;
    }
    if (ends_within(&perf->child, START_TIMEOUT_NS, &ending)) {
        refuse(perf, err);
        release(perf);
        return -1;
    }
    return 0;
}

/* ---- folding ---- */

void perf_fold(const char *report, struct text *out)
{
    for (const char *line = report; *line != '\0'; line += strcspn(line, "\n"), line += *line == '\n') {
        size_t length = strcspn(line, "\n"), digits = strspn(line, "0123456789");
        if (digits == 0 || line[digits] != ' ' || length == digits + 1) {
            continue;
        }
        text_append(out, line + digits + 1, length - digits - 1);
        text_format(out, " %.*s\n", (int)digits, line);
    }
}

/* What perf prints is longer than a process's output is kept, so the shell puts it into a file. */
static int report(const struct perf *perf, const char *to, struct error *err)
{
    char script[] = "exec perf report -i \"$1\" --stdio --no-children -g folded,0,caller,function,count -s comm "
                    ">\"$2\" 2>/dev/null";
    char *argv[] = {"sh", "-c", script, "sh", perf->file, (char *)to, NULL};
    const struct process_options options = {.child = {.argv = argv}, .timeout_ns = FOLD_TIMEOUT_NS};
    struct process_result result;

    if (process_run(&options, &result, err) != 0) {
        return -1;
    }
    bool fine = process_succeeded(&result);
    process_result_release(&result);
    return fine ? 0 : error_failed(err, "perf report cannot read what perf record wrote");
}

int perf_finish(struct perf *perf, struct text *ret_folded, struct error *err)
{
    struct ending ending;
    struct text text = {0};
    char *to = mem_format("%s.report", perf->file);
    int result = -1;

    child_signal(&perf->child, SIGINT);
    if (!ends_within(&perf->child, END_TIMEOUT_NS, &ending)) {
        error_failed(err, "perf record does not end");
    } else if (report(perf, to, err) == 0 && file_read(to, &text, err) == 0) {
        perf_fold(text.data != NULL ? text.data : "", ret_folded);
        result = 0;
    }
    text_release(&text);
    unlink(to);
    free(to);
    release(perf);
    return result;
}
