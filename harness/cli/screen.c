#include "screen.h"

#include "wrong_line.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"
#include "base/utf8.h"
#include "report/words/limit_phrase.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static void clear_line(struct screen *screen)
{
    if (screen->line_open) {
        fputs("\r\033[K", stderr);
        screen->line_open = false;
    }
}

static void say(void *context, const char *line)
{
    struct screen *screen = context;
    clear_line(screen);
    fprintf(stderr, "%s\n", line);
}

/* "0.97" */
static void write_cores(char text[UNITS_TEXT], double cores)
{
    if (isnan(cores)) {
        snprintf(text, UNITS_TEXT, "-");
    } else {
        snprintf(text, UNITS_TEXT, "%.2f", cores);
    }
}

static void write_memory(char text[UNITS_TEXT], uint64_t bytes)
{
    if (bytes == 0) {
        snprintf(text, UNITS_TEXT, "-");
    } else {
        units_write_size(text, bytes);
    }
}

/* "4:12" */
static void write_left(char text[UNITS_TEXT], uint64_t left_ns)
{
    uint64_t seconds = left_ns / 1000000000;
    snprintf(text, UNITS_TEXT, "%" PRIu64 ":%02" PRIu64, seconds / 60, seconds % 60);
}

/* Of a live line: one that fills the terminal's last column would be wrapped, and then a row would stay of it. */
static size_t width(void)
{
    struct winsize size;

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 2) {
        return 79;
    }
    return size.ws_col - 1U;
}

static void live(void *context, const struct progress_live *step)
{
    struct screen *screen = context;
    char level[UNITS_TEXT], good[UNITS_TEXT], p99[UNITS_TEXT], memory[UNITS_TEXT], left[UNITS_TEXT];
    char cores[UNITS_TEXT];
    struct text line = {0};

    if (!screen->terminal) {
        return;
    }
    units_write_count(level, step->level);
    units_write_count(good, (uint64_t)step->good_rps);
    units_write_duration(p99, step->p99_ns);
    write_memory(memory, step->rss_bytes);
    write_cores(cores, step->service_cores);
    write_left(left, step->left_ns);
    text_format(&line, "%s %s  %3.0f %%  %s good/s  p99 %s  %s cores  %s  in flight %llu  at most %s left",
                step->backend, level, step->done * 100, good, p99, cores, memory, (unsigned long long)step->in_flight,
                left);
    fprintf(stderr, "\r\033[K%.*s", (int)utf8_fitting(line.data, width()), line.data);
    fflush(stderr);
    text_release(&line);
    screen->line_open = true;
}

/* Remembers it. */
static bool told_already(struct screen *screen, const struct progress_wrong *wrong)
{
    char *key = mem_format("%s\n%s\n%s", wrong->backend, step_phase_name(wrong->phase), wrong->response->request);

    for (size_t i = 0; i < screen->told_count; i++) {
        if (strcmp(screen->told[i], key) == 0) {
            free(key);
            return true;
        }
    }
    *list_add(screen->told, screen->told_count) = key;
    return false;
}

static void wrong(void *context, const struct progress_wrong *wrong)
{
    struct screen *screen = context;
    char level[UNITS_TEXT];

    if (told_already(screen, wrong)) {
        return;
    }
    clear_line(screen);
    units_write_count(level, wrong->level);
    fprintf(stderr, "%s at %s: ", wrong->backend, level);
    wrong_line_print(screen->traffic, wrong->response);
}

static void begin_name(struct text *out, size_t count)
{
    text_add(out, count == 0 ? ": " : ", ");
}

/* "holds", "breaks, run 2: latency, errors" */
static void name_breaches(struct text *out, const struct step_verdict *verdict, unsigned attempt)
{
    size_t count = 0;

    limit_phrase_verdict(out, verdict->verdict, attempt);
    for (size_t i = 0; verdict->verdict == VERDICT_BREAK && i < verdict->breach_count; i++) {
        begin_name(out, count++);
        limit_write(out, verdict->breaches[i].limit, verdict->breaches[i].request);
    }
    for (size_t i = 0; verdict->verdict == VERDICT_UNDECIDED && i < LIMIT_PLACES; i++) {
        if (verdict->limits[i].state == LIMIT_UNDECIDED) {
            begin_name(out, count++);
            limit_write(out, limit_of_place(i), verdict->limits[i].request);
        }
    }
    for (int i = 0; verdict->verdict == VERDICT_INVALID && i < INVALIDITY_COUNT; i++) {
        if (verdict->invalid[i]) {
            begin_name(out, count++);
            text_add(out, invalidity_name((enum invalidity)i));
        }
    }
}

static void step(void *context, const struct step_record *record, const struct step_verdict *verdict,
                 const struct host_usage *host, uint64_t left_ns)
{
    struct screen *screen = context;
    const struct load_record *load = &record->load;
    char level[UNITS_TEXT], good[UNITS_TEXT], p99[UNITS_TEXT], memory[UNITS_TEXT], left[UNITS_TEXT];
    char cores[UNITS_TEXT];
    struct text said = {0};

    clear_line(screen);
    units_write_count(level, record->level);
    units_write_count(good, load->tally.good * 1000000000 / (load->measured_ns > 0 ? load->measured_ns : 1));
    units_write_duration(p99, histogram_quantile(&load->response, 0.99));
    write_memory(memory, host->rss_peak_bytes);
    write_cores(cores, host_usage_has(host, SAMPLE_CPU) ? host->service_cores : NAN);
    write_left(left, left_ns);
    name_breaches(&said, verdict, record->attempt);
    fprintf(stderr, "%-10s %9s  %9s good/s  p99 %8s  %5s cores  %9s  at most %s left  %s\n", record->backend, level,
            good, p99, cores, memory, left, said.data);
    text_release(&said);
}

void screen_init(struct screen *screen, const struct traffic *traffic, struct progress *ret_progress)
{
    *screen = (struct screen){.traffic = traffic, .terminal = isatty(STDERR_FILENO) != 0};
    *ret_progress = (struct progress){.context = screen, .say = say, .live = live, .wrong = wrong, .step = step};
}

void screen_release(struct screen *screen)
{
    clear_line(screen);
    for (size_t i = 0; i < screen->told_count; i++) {
        free(screen->told[i]);
    }
    free(screen->told);
    *screen = (struct screen){0};
}
