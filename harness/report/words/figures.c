#include "report/words/figures.h"

#include "base/units.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void figures_count(struct text *out, uint64_t count)
{
    char words[UNITS_TEXT];
    units_write_count(words, count);
    text_add(out, words);
}

void figures_rate(struct text *out, double rps)
{
    if (!(rps >= 0 && rps < 1e18)) {
        text_add(out, "-");
    } else if (rps > 0 && rps < 9.95) {
        text_format(out, "%.1f/s", rps);
    } else {
        figures_count(out, (uint64_t)(rps + 0.5));
        text_add(out, "/s");
    }
}

void figures_time(struct text *out, uint64_t ns)
{
    char words[UNITS_TEXT] = "-";
    if (ns != NO_TIME) {
        units_write_duration(words, ns);
    }
    text_add(out, words);
}

void figures_size(struct text *out, uint64_t bytes)
{
    char words[UNITS_TEXT] = "-";
    if (bytes != 0) {
        units_write_size(words, bytes);
    }
    text_add(out, words);
}

/* Rounding must not turn "a few" into none. */
void figures_share(struct text *out, double share)
{
    char words[UNITS_TEXT];
    if (!(share >= 0 && share < 1e6)) {
        text_add(out, "-");
    } else if (share > 0 && share < 0.00005) {
        text_add(out, "<0.01 %");
    } else {
        units_write_share(words, share);
        text_add(out, words);
    }
}

/* Nor "almost all" into all. Zeros at the end are left out, as people leave them out of limits. */
void figures_fine_share(struct text *out, double share)
{
    if (share > 0.99995 && share < 1) {
        text_add(out, ">99.99 %");
    } else if (share > 0.985 && share < 1) {
        text_format(out, "%.4g %%", share * 100);
    } else if (share >= 0.0001 && share <= 1) {
        text_format(out, "%.3g %%", share * 100);
    } else {
        figures_share(out, share);
    }
}

/* "50.0 ms" -> "50 ms", "0.10 %" -> "0.1 %". */
static void add_trimmed(struct text *out, const char *words)
{
    size_t number = strcspn(words, " ");
    size_t kept = number;

    if (memchr(words, '.', number) != NULL) {
        while (words[kept - 1] == '0') {
            kept--;
        }
        kept -= words[kept - 1] == '.';
    }
    text_append(out, words, kept);
    text_add(out, words + number);
}

void figures_set_time(struct text *out, uint64_t ns)
{
    char words[UNITS_TEXT];
    units_write_duration(words, ns);
    add_trimmed(out, words);
}

void figures_set_size(struct text *out, uint64_t bytes)
{
    char words[UNITS_TEXT];
    units_write_size(words, bytes);
    add_trimmed(out, words);
}

void figures_set_share(struct text *out, double share)
{
    text_format(out, "%.6g %%", share * 100);
}

void figures_percentile(struct text *out, double percentile)
{
    text_format(out, "p%.6g", percentile * 100);
}

void figures_separate(struct text *out, size_t before, const char *separator)
{
    if (before > 0) {
        text_add(out, separator);
    }
}

const char *figures_plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

const char *figures_together(size_t count)
{
    if (count == 1) {
        return "";
    }
    return count == 2 ? "both " : "all ";
}

void figures_comma(struct text *out, size_t index, size_t count)
{
    if (index > 0) {
        text_add(out, index + 1 == count ? " and " : ", ");
    }
}

const char *figures_level_unit(const struct scenario *scenario)
{
    if (scenario->doubling == DOUBLING_RATE) {
        return "requests/s";
    }
    if (scenario->doubling == DOUBLING_CONNECTIONS) {
        return "connections";
    }
    if (scenario->doubling == DOUBLING_OPEN) {
        return "open connections";
    }
    if (scenario->doubling == DOUBLING_SLOW) {
        return "slow connections";
    }
    if (scenario->doubling == DOUBLING_SESSIONS) {
        return "users/s";
    }
    if (scenario->doubling == DOUBLING_SUBSCRIBERS) {
        return "subscribers";
    }
    if (scenario->doubled_value < scenario->traffic.value_count) {
        return scenario->traffic.values[scenario->doubled_value].name;
    }
    return "value";
}

void figures_level(struct text *out, const struct scenario *scenario, uint64_t level)
{
    if (scenario->doubling == DOUBLING_VALUE) {
        text_format(out, "%s = ", figures_level_unit(scenario));
    }
    figures_count(out, level);
    if (scenario->doubling == DOUBLING_RATE) {
        text_add(out, "/s");
    } else if (scenario->doubling == DOUBLING_CONNECTIONS) {
        text_format(out, " connection%s", figures_plural(level));
    } else if (scenario->doubling == DOUBLING_OPEN) {
        text_format(out, " open connection%s", figures_plural(level));
    } else if (scenario->doubling == DOUBLING_SLOW) {
        text_format(out, " slow connection%s", figures_plural(level));
    } else if (scenario->doubling == DOUBLING_SUBSCRIBERS) {
        text_format(out, " subscriber%s", figures_plural(level));
    } else if (scenario->doubling == DOUBLING_SESSIONS) {
        text_format(out, " %s", figures_level_unit(scenario));
    }
}

void figures_capacity(struct text *out, const struct scenario *scenario, const struct backend_finding *backend)
{
    if (backend == NULL || (!backend->holds && !backend->breaks)) {
        text_add(out, "-");
    } else if (backend->holds) {
        text_add(out, backend->breaks ? "" : ">= ");
        figures_level(out, scenario, backend->holds_at);
    } else {
        text_add(out, "< ");
        figures_level(out, scenario, backend->breaks_at);
    }
}

uint64_t figures_ladder_top(const struct scenario *scenario)
{
    uint64_t top = scenario->from;
    for (unsigned i = 1; i < scenario->steps && top < UINT64_MAX / 2; i++) {
        top *= 2;
    }
    return top;
}

double figures_load_rps(const struct scenario *scenario, const struct step_finding *step)
{
    if (scenario->doubling == DOUBLING_CONNECTIONS) {
        return step->completed_rps;
    }
    return (double)step->record->rate;
}

unsigned figures_valid_trials(const struct backend_finding *backend)
{
    unsigned count = 0, counted = 0;
    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_finding *step = &backend->steps[i];
        if (step->verdict.verdict != VERDICT_INVALID && (count == 0 || step->record->trial != counted)) {
            counted = step->record->trial;
            count++;
        }
    }
    return count;
}

bool figures_at_least(const struct scenario *scenario, const struct step_finding *step, uint64_t ns)
{
    return ns != NO_TIME && step->record->load.censored > 0 && ns >= scenario->deadline_ns;
}

void figures_response(struct text *out, const struct scenario *scenario, const struct step_finding *step, uint64_t ns)
{
    if (figures_at_least(scenario, step, ns)) {
        text_add(out, ">= ");
    }
    figures_time(out, ns);
}

bool figures_cpu_share(const struct step_finding *step, double *ret_share)
{
    if (!host_usage_has(&step->usage.host, SAMPLE_CPU) || step->usage.cores == 0) {
        return false;
    }
    *ret_share = step->usage.host.service_cores / step->usage.cores;
    return true;
}

void figures_cpu(struct text *out, const struct step_finding *step)
{
    double share;
    if (figures_cpu_share(step, &share)) {
        figures_share(out, share);
    } else {
        text_add(out, "-");
    }
}
