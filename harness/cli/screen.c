#include "screen.h"

#include "output.h"
#include "wrong_line.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"
#include "base/utf8.h"
#include "report/words/limit_phrase.h"
#include "report/words/reason.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* ---- the panel ---- */

/* One that fills the terminal's last column would be wrapped, and then a row would stay of it. */
static void measure(size_t *ret_width, size_t *ret_height)
{
    struct winsize size;
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 && size.ws_row > 0;

    *ret_width = known ? size.ws_col - 1U : 79;
    *ret_height = known ? size.ws_row : 24;
}

static void erase(struct screen *screen)
{
    if (screen->drawn > 0) {
        fprintf(stderr, "\r\033[%zuA\033[J", screen->drawn);
        screen->drawn = 0;
    }
}

/* In one write, so that nothing flickers. `live` may be NULL: no step runs. */
static void draw(struct screen *screen, const struct progress_live *live)
{
    struct text text = {0};
    size_t width, height, lines;

    measure(&width, &height);
    text_add(&text, "");
    lines = panel_write_ladder(&screen->panel, width, height > PANEL_STEP_LINES + 2 ? height - PANEL_STEP_LINES - 2 : 1,
                               &text);
    if (live != NULL && height > PANEL_STEP_LINES + 1) {
        lines += panel_write_step(&screen->panel, live, width, &text);
    }
    erase(screen);
    fwrite(text.data, 1, text.length, stderr);
    fflush(stderr);
    screen->drawn = lines;
    text_release(&text);
}

static void say(void *context, const char *line)
{
    struct screen *screen = context;
    erase(screen);
    fprintf(stderr, "%s\n", line);
    if (screen->terminal) {
        draw(screen, NULL);
    }
}

static void live(void *context, const struct progress_live *step)
{
    struct screen *screen = context;

    if (screen->terminal) {
        panel_add_live(&screen->panel, step);
        draw(screen, step);
    }
}

/* ---- plain lines ---- */

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
    erase(screen);
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
            text_add(out, reason_invalidity((enum invalidity)i));
            text_format(out, "%s%s", verdict->blamed[i] != NULL ? " on " : "",
                        verdict->blamed[i] != NULL ? verdict->blamed[i] : "");
        }
    }
}

static void print_step(const struct step_record *record, const char *said, const struct host_usage *host,
                       uint64_t left_ns)
{
    const struct load_record *load = &record->load;
    char level[UNITS_TEXT], good[UNITS_TEXT], p99[UNITS_TEXT], memory[UNITS_TEXT], left[UNITS_TEXT];
    char cores[UNITS_TEXT];

    units_write_count(level, record->level);
    units_write_count(good, load->tally.good * 1000000000 / (load->measured_ns > 0 ? load->measured_ns : 1));
    units_write_duration(p99, histogram_quantile(&load->response, 0.99));
    write_memory(memory, host->rss_peak_bytes);
    write_cores(cores, host_usage_has(host, SAMPLE_CPU) ? host->service_cores : NAN);
    write_left(left, left_ns);
    fprintf(stderr, "%-10s %9s  %9s good/s  p99 %8s  %5s cores  %9s  at most %s left  %s\n", record->backend, level,
            good, p99, cores, memory, left, said);
}

static void step(void *context, const struct step_record *record, const struct step_verdict *verdict,
                 const struct host_usage *host, uint64_t left_ns)
{
    struct screen *screen = context;
    struct text said = {0};

    name_breaches(&said, verdict, record->attempt);
    if (screen->terminal) {
        panel_add_step(&screen->panel, record, verdict->verdict, said.data);
        draw(screen, NULL);
    } else {
        print_step(record, said.data, host, left_ns);
    }
    text_release(&said);
}

void screen_init(struct screen *screen, const struct traffic *traffic, struct progress *ret_progress)
{
    *screen = (struct screen){.traffic = traffic, .terminal = output_is_terminal(STDERR_FILENO)};
    screen->panel.colour = getenv("NO_COLOR") == NULL;
    *ret_progress = (struct progress){.context = screen, .say = say, .live = live, .wrong = wrong, .step = step};
}

void screen_release(struct screen *screen)
{
    if (screen->drawn > 0) {
        draw(screen, NULL);
    }
    panel_release(&screen->panel);
    for (size_t i = 0; i < screen->told_count; i++) {
        free(screen->told[i]);
    }
    free(screen->told);
    *screen = (struct screen){0};
}
