#include "report/gate/run_condition.h"

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/held_load.h"
#include "analysis/capacity/limit_order.h"
#include "base/units.h"
#include "report/words/figures.h"
#include "report/words/limit_phrase.h"
#include "report/words/reason.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    bool fact;
} figures[] = {
    [RUN_CAPACITY] = {"capacity", false}, [RUN_P99] = {"p99", false},       [RUN_MEMORY] = {"memory", false},
    [RUN_CPU] = {"cpu", false},           [RUN_ERRORS] = {"errors", false}, [RUN_FIRST] = {"first", true},
    [RUN_CAUSE] = {"cause", true},
};

enum { FIGURE_COUNT = sizeof figures / sizeof figures[0] };

/* ---- the text ---- */

static int reject(const char *text, struct error *err)
{
    return error_input(err,
                       "--fail-if: expected capacity<5000, p99>50ms, memory>300MiB, cpu>200us or errors>0.1%% (< or "
                       ">), first!=latency or cause=cpu (= or !=), with SERVICE: before it to ask one service, found "
                       "\"%s\"",
                       text);
}

static int find_figure(const char *text, size_t length)
{
    for (int i = 0; i < FIGURE_COUNT; i++) {
        if (strlen(figures[i].name) == length && strncmp(figures[i].name, text, length) == 0) {
            return i;
        }
    }
    return -1;
}

static int read_level(const char *text, double *ret_level)
{
    char *end;

    *ret_level = strtod(text, &end);
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && isfinite(*ret_level) ? 0 : -1;
}

static int read_bound(enum run_figure figure, const char *text, double *ret_bound)
{
    uint64_t count;
    int result;

    switch (figure) {
    case RUN_CAPACITY:
        return read_level(text, ret_bound);
    case RUN_ERRORS:
        return units_read_share(text, ret_bound);
    case RUN_MEMORY:
        result = units_read_size(text, &count);
        break;
    default:
        result = units_read_duration(text, &count);
        break;
    }
    if (result == 0) {
        *ret_bound = (double)count;
    }
    return result;
}

/* "latency", and "latency of checkout" for what only the run knows. */
static bool is_limit(const char *name)
{
    size_t length = strcspn(name, " ");

    for (int i = 0; i < LIMIT_COUNT; i++) {
        const char *limit = limit_name((enum limit)i);
        if (strlen(limit) == length && strncmp(limit, name, length) == 0) {
            return name[length] == '\0' || strncmp(name + length, " of ", 4) == 0;
        }
    }
    return false;
}

static bool is_cause(const char *name)
{
    for (int i = 0; i < CAUSE_COUNT; i++) {
        if (strcmp(cause_name((enum cause)i), name) == 0) {
            return true;
        }
    }
    return false;
}

/* What stands behind the name of a figure: "<5000". */
static int read_figure(struct run_condition *condition, const char *text)
{
    condition->above = text[0] == '>';
    return text[0] == '<' || text[0] == '>' ? read_bound(condition->figure, text + 1, &condition->bound) : -1;
}

static int read_fact(struct run_condition *condition, const char *text)
{
    condition->above = text[0] == '!';
    if (text[condition->above] != '=') {
        return -1;
    }
    condition->name = text + condition->above + 1;
    return (condition->figure == RUN_FIRST ? is_limit : is_cause)(condition->name) ? 0 : -1;
}

int run_condition_read(struct run_condition *condition, const char *text, struct error *err)
{
    size_t length = strcspn(text, "<>=!");
    const char *colon = memrchr(text, ':', length), *name = colon != NULL ? colon + 1 : text;
    int figure = find_figure(name, (size_t)(text + length - name));

    if (figure < 0 || colon == text) {
        return reject(text, err);
    }
    struct run_condition read = {.text = text, .figure = (enum run_figure)figure};
    if (colon != NULL) {
        read.service = text;
        read.service_length = (size_t)(colon - text);
    }
    if ((figures[figure].fact ? read_fact : read_figure)(&read, text + length) != 0) {
        return reject(text, err);
    }
    *condition = read;
    return 0;
}

bool run_condition_asks(const struct run_condition *condition, const struct backend_finding *backend)
{
    const char *name = backend->record->name;

    return condition->service_length == 0 || (strlen(name) == condition->service_length &&
                                              strncmp(name, condition->service, condition->service_length) == 0);
}

/* ---- the capacity ---- */

static bool is_beyond(const struct run_condition *condition, double value)
{
    return condition->above ? value > condition->bound : value < condition->bound;
}

static enum condition_outcome outcome_of(bool holds)
{
    return holds ? CONDITION_HELD : CONDITION_CLEAR;
}

/* Another run's estimate lies in the interval of this one, or beyond what one trial knows. */
static void add_worth(struct text *words, const struct backend_finding *backend, bool within)
{
    if (within) {
        text_add(words, "; the bound lies within its interval, so that another run may say otherwise");
    } else if (backend->capacity_count < 2) {
        text_add(words, "; of one trial: what two runs differ by is not known");
    }
}

static enum condition_outcome judge_capacity(const struct run_condition *condition, const struct findings *findings,
                                             const struct backend_finding *backend, struct text *words)
{
    const struct held_load held = held_load_of(backend);
    double bound = condition->bound;
    bool below = held.high < bound || (!condition->above && held.high == bound);
    bool beyond = held.low > bound || (!condition->above && held.low == bound);
    bool within = !below && !beyond;

    text_add(words, "capacity ");
    limit_phrase_held(words, &findings->scenario, backend);
    if (isnan(held.capacity) && within) {
        text_add(words, ": nothing is known of its capacity closer to the bound; a longer ladder (--steps), or "
                        "--profile rigorous, tells more");
        return CONDITION_NOT_JUDGED;
    }
    add_worth(words, backend, within);
    if (isnan(held.capacity)) {
        return outcome_of(condition->above ? beyond : below);
    }
    return outcome_of(is_beyond(condition, held.capacity));
}

/* ---- figures at the highest load held ---- */

static double figure_of(enum run_figure figure, const struct step_finding *step, struct text *words)
{
    const struct host_usage *host = &step->usage.host;

    switch (figure) {
    case RUN_P99:
        figures_time(words, step->p99_ns);
        return step->p99_ns != NO_TIME ? (double)step->p99_ns : NAN;
    case RUN_MEMORY:
        figures_size(words, host->rss_peak_bytes);
        return host->rss_peak_bytes > 0 ? (double)host->rss_peak_bytes : NAN;
    case RUN_CPU:
        figures_time(words, step->cpu_ns_per_request > 0 ? step->cpu_ns_per_request : NO_TIME);
        return step->cpu_ns_per_request > 0 ? (double)step->cpu_ns_per_request : NAN;
    default:
        figures_fine_share(words, step->failed_share);
        return step->failed_share;
    }
}

static enum condition_outcome judge_figure(const struct run_condition *condition, const struct findings *findings,
                                           const struct backend_finding *backend, struct text *words)
{
    const struct step_finding *step = backend->last_good;

    text_format(words, "%s ", figures[condition->figure].name);
    if (step == NULL) {
        text_add(words, "cannot be judged: it holds no load");
        return CONDITION_NOT_JUDGED;
    }
    double value = figure_of(condition->figure, step, words);
    text_add(words, " at ");
    figures_level(words, &findings->scenario, step->record->level);
    if (isnan(value)) {
        text_add(words, ": it was not read, or too few requests have it");
        return CONDITION_NOT_JUDGED;
    }
    add_worth(words, backend, false);
    return outcome_of(is_beyond(condition, value));
}

/* ---- what breaks first ---- */

static bool is_among_first(const struct backend_finding *backend, const char *name)
{
    struct text limit = {0};
    bool found = false;

    for (size_t i = 0; i < limit_order_first(backend) && !found; i++) {
        text_clear(&limit);
        limit_write(&limit, backend->limits[i].limit, backend->limits[i].request);
        found = strcmp(limit.data, name) == 0;
    }
    text_release(&limit);
    return found;
}

static enum condition_outcome judge_fact(const struct run_condition *condition, const struct backend_finding *backend,
                                         struct text *words)
{
    const struct step_finding *broke = backend->first_break;
    bool is_it;

    if (limit_order_first(backend) == 0 || broke == NULL) {
        text_format(words, "%s: nothing broke", figures[condition->figure].name);
        return CONDITION_CLEAR;
    }
    if (condition->figure == RUN_FIRST) {
        text_add(words, "breaks first on ");
        limit_phrase_first(words, backend);
        is_it = is_among_first(backend, condition->name);
    } else {
        text_format(words, "cause: %s", cause_name(broke->cause.cause));
        is_it = strcmp(cause_name(broke->cause.cause), condition->name) == 0;
    }
    add_worth(words, backend, false);
    return outcome_of(is_it != condition->above);
}

enum condition_outcome run_condition_judge(const struct run_condition *condition, const struct findings *findings,
                                           const struct backend_finding *backend, struct text *words)
{
    if (!capacity_judged(backend)) {
        text_format(words, "%s cannot be judged: ", figures[condition->figure].name);
        reason_absence(words, backend);
        return CONDITION_NOT_JUDGED;
    }
    if (condition->figure == RUN_CAPACITY) {
        return judge_capacity(condition, findings, backend, words);
    }
    if (figures[condition->figure].fact) {
        return judge_fact(condition, backend, words);
    }
    return judge_figure(condition, findings, backend, words);
}
