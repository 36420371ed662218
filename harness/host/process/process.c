#include "host/process/process.h"

#include "base/clock.h"
#include "base/units.h"
#include "host/process/tail.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { LOOK_EVERY_MS = 20 }; /* how often the stop flag and, where the kernel has no pidfd, the process is looked at */

enum outcome { ENDED, TIMED_OUT, STOPPED };

/* Reads what there is. The pipe may stay open after the child's end, held by whatever it left running. */
static void drain(const struct child *child, struct tail *tail, bool *open)
{
    char block[TAIL_BYTES];

    for (int round = 0; *open && round < 64; round++) {
        ssize_t got = read(child->output, block, sizeof block);
        if (got < 0) {
            return;
        }
        *open = got > 0;
        tail_add(tail, block, (size_t)got);
    }
}

static enum outcome wait_for(const struct child *child, const struct process_options *options, struct tail *tail,
                             struct ending *ret_ending)
{
    bool open = true;

    for (;;) {
        struct pollfd waits[2] = {{.fd = open ? child->output : -1, .events = POLLIN},
                                  {.fd = child->ended_fd, .events = POLLIN}};
        poll(waits, 2, LOOK_EVERY_MS);
        bool ended = child_ended(child, ret_ending);
        drain(child, tail, &open);
        if (ended) {
            return ENDED;
        }
        if (options->stop != NULL && atomic_load(options->stop)) {
            return STOPPED;
        }
        if (options->timeout_ns != 0 && clock_now_ns() - child->started_ns >= options->timeout_ns) {
            return TIMED_OUT;
        }
    }
}

static void ask_and_wait(const struct child *child, unsigned patience_ms, struct ending *ret_ending)
{
    uint64_t until_ns = clock_now_ns() + patience_ms * CLOCK_MILLISECOND_NS;

    child_signal(child, SIGTERM);
    while (!(child_ended(child, ret_ending) && child_group_ended(child)) && clock_now_ns() < until_ns) {
        clock_sleep_ns(5 * CLOCK_MILLISECOND_NS);
    }
}

/* A killed process ends at once, unless the kernel is in the middle of something for it; then it is not waited for. */
static void kill_and_wait(const struct child *child, struct ending *ret_ending)
{
    uint64_t since = clock_now_ns();

    child_signal_group(child, SIGKILL);
    while (!child_ended(child, ret_ending) && clock_now_ns() - since < 5 * CLOCK_SECOND_NS) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
}

int process_run(const struct process_options *options, struct process_result *ret_result, struct error *err)
{
    struct process_result result = {.ending = {.exit_code = -1, .signal = SIGKILL}};
    struct tail tail = {0};
    struct text output = {0};
    struct child child;
    bool open = true;

    if (child_start(&child, &options->child, err) != 0) {
        return -1;
    }
    enum outcome outcome = wait_for(&child, options, &tail, &result.ending);
    if (outcome != ENDED && options->child.group_patience_ms > 0) {
        ask_and_wait(&child, options->child.group_patience_ms, &result.ending);
    }
    if (outcome != ENDED) {
        kill_and_wait(&child, &result.ending);
        drain(&child, &tail, &open);
    }
    result.took_ns = clock_now_ns() - child.started_ns;
    child_release(&child);
    if (outcome == STOPPED) {
        return error_stopped(err);
    }
    result.timed_out = outcome == TIMED_OUT;
    tail_write(&tail, &output);
    result.output = text_take(&output);
    *ret_result = result;
    return 0;
}

void process_result_release(struct process_result *result)
{
    free(result->output);
    *result = (struct process_result){0};
}

bool process_succeeded(const struct process_result *result)
{
    return !result->timed_out && result->ending.signal == 0 && result->ending.exit_code == 0;
}

void process_describe(const struct process_result *result, struct text *out)
{
    char took[UNITS_TEXT];

    if (result->timed_out) {
        units_write_duration(took, result->took_ns);
        text_format(out, "did not end within %s", took);
    } else {
        ending_describe(&result->ending, out);
    }
}
