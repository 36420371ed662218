/* Whatever says which service holds more says the same: over random runs, the answer in words, its twin in JSON, the
 * pairs in the table and in JSON, the overview of runs and the order of services in a comparison. */
#include "analysis/capacity/ranking.h"
#include "analysis/comparison/comparison.h"
#include "base/mem.h"
#include "random_findings.h"
#include "report/compare/comparison_conclusion.h"
#include "report/data/json.h"
#include "report/report.h"
#include "report/standing/pair_table.h"
#include "report/words/conclusion.h"
#include "said.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUNS 200

/* --- the checks --------------------------------------------------------------------------------------------------- */

static bool above(const struct findings *findings, size_t a, size_t b)
{
    return ranking_above(&findings->backends[a], &findings->backends[b]);
}

static bool judged(const struct findings *findings, size_t number)
{
    const struct backend_finding *backend = &findings->backends[number];
    return backend->holds || backend->breaks;
}

static unsigned seed_now;

#define expect(condition, ...)                                                                                         \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            print_error("run %u: ", seed_now);                                                                         \
            print_error(__VA_ARGS__);                                                                                  \
            print_error("\n");                                                                                         \
            fail();                                                                                                    \
        }                                                                                                              \
    } while (0)

/* A service of a group, against one that the sentence puts on the other side of it. */
static void check_apart(const struct findings *findings, const char *text, size_t higher, size_t lower, bool excepted)
{
    expect(above(findings, higher, lower) == !excepted, "%s above %s? In \"%s\"", said_name(findings, higher),
           said_name(findings, lower), text);
}

static void check_conclusion(const struct findings *findings, const char *text)
{
    struct said said;

    said_read(findings, text, &said);
    for (size_t i = 0; i < findings->backend_count; i++) {
        for (size_t k = 0; k < findings->backend_count && i != k && judged(findings, k) && judged(findings, i); k++) {
            bool excepted = said_has(said.alike[i], k) || said_has(said.alike[k], i);
            if (said_has(said.first, i) && said_has(said.first, k)) {
                expect(!above(findings, i, k), "%s is above %s: \"%s\"", said_name(findings, i), said_name(findings, k),
                       text);
            } else if (said_has(said.first, i) && said.longest == 0) {
                expect(!above(findings, k, i), "%s is above %s: \"%s\"", said_name(findings, k), said_name(findings, i),
                       text);
            } else if (said_has(said.first, i) && !said_has(said.open_low, k)) {
                check_apart(findings, text, k, i, excepted);
            } else if (said_has(said.longest, i) && said_has(said.longest, k)) {
                expect(!above(findings, i, k), "%s is above %s: \"%s\"", said_name(findings, i), said_name(findings, k),
                       text);
            } else if (said_has(said.longest, i) && !said_has(said.first, k) &&
                       !said_has(said.open | said.open_low, k)) {
                check_apart(findings, text, i, k, excepted);
            }
        }
    }
}

static size_t number_of(const struct findings *findings, const char *name)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (strcmp(said_name(findings, i), name) == 0) {
            return i;
        }
    }
    fail_msg("no service %s", name);
    return 0;
}

static service_set names_in(const struct findings *findings, const json_t *array)
{
    service_set found = 0;
    size_t index;
    json_t *value;

    json_array_foreach(array, index, value)
    {
        found |= 1u << number_of(findings, json_string_value(value));
    }
    return found;
}

static const char *text_in(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void check_json(const struct findings *findings, const char *conclusion)
{
    struct text written = {0};
    json_write_findings(findings, &written);
    json_t *top = json_loads(written.data, 0, NULL), *ranking = json_object_get(top, "ranking"), *value;
    struct said said;
    size_t index;

    assert_string_equal(text_in(top, "answer"), conclusion);
    said_read(findings, conclusion, &said);
    if (strstr(conclusion, "Nothing was seen") == NULL && said.first != 0) {
        assert_int_equal(names_in(findings, json_object_get(ranking, "first")), said.first);
    }
    assert_int_equal(names_in(findings, json_object_get(ranking, "longest")), said.longest);
    json_array_foreach(json_object_get(ranking, "services"), index, value)
    {
        size_t number = number_of(findings, text_in(value, "name"));
        for (size_t k = 0; k < findings->backend_count; k++) {
            assert_int_equal(said_has(names_in(findings, json_object_get(value, "above")), k),
                             above(findings, number, k));
            assert_false(said_has(names_in(findings, json_object_get(value, "alike")), k) &&
                         (above(findings, number, k) || above(findings, k, number)));
        }
    }
    json_array_foreach(json_object_get(top, "comparisons"), index, value)
    {
        size_t a = number_of(findings, text_in(value, "first")), b = number_of(findings, text_in(value, "second"));
        if (strcmp(text_in(value, "figure"), "capacity") == 0) {
            bool seen = strcmp(text_in(value, "difference"), "seen") == 0;
            expect(seen == (above(findings, a, b) || above(findings, b, a)), "%s and %s in JSON against \"%s\"",
                   said_name(findings, a), said_name(findings, b), conclusion);
            expect(!seen || above(findings, a, b) == (json_number_value(json_object_get(value, "ratio")) > 1),
                   "%s and %s in JSON are the other way round", said_name(findings, a), said_name(findings, b));
        }
    }
    json_decref(top);
    text_release(&written);
}

/* The rows of the table of pairs. */
static void check_table(const struct findings *findings)
{
    struct text out = {0};

    report_write(findings, REPORT_MARKDOWN, &(struct report_options){.details = true, .pairs = PAIR_TABLE_ALL}, &out);
    for (size_t a = 0; a < findings->backend_count; a++) {
        for (size_t b = 0; b < findings->backend_count; b++) {
            char row[80];
            snprintf(row, sizeof row, "| %s against %s | capacity |", said_name(findings, a), said_name(findings, b));
            char *found = strstr(out.data, row);
            if (found != NULL) {
                bool different =
                    strstr(found, "| different") != NULL && strstr(found, "| different") < strchr(found, '\n');
                expect(different == (above(findings, a, b) || above(findings, b, a)), "%.*s", (int)strcspn(found, "\n"),
                       found);
            }
        }
    }
    text_release(&out);
}

/* The last cell of the run's row. */
static void check_overview(const struct findings *findings)
{
    const struct findings *const runs[] = {findings};
    struct text out = {0};

    report_write_overview(runs, 1, REPORT_MARKDOWN, &(struct page_look){0}, &out);
    for (size_t i = 0; i < findings->backend_count; i++) {
        char cell[16];
        size_t others = 0, below = 0;
        for (size_t k = 0; k < findings->backend_count; k++) {
            bool took_part = findings->backends[k].record->skipped == NULL && findings->backends[k].step_count > 0;
            others += k != i && took_part;
            below += k != i && took_part && above(findings, i, k);
        }
        snprintf(cell, sizeof cell, " | %s |\n", said_name(findings, i));
        expect((strstr(out.data, cell) != NULL) == (others > 0 && below == others), "%s ahead? %s",
               said_name(findings, i), out.data);
    }
    text_release(&out);
}

/* Whether `a` comes before `b` in "s1, then s0 with s2 with s3 (of which s0 breaks before s3)". */
static bool before_in(const char *order, const char *a, const char *b)
{
    char exception[40];
    const char *at_a = strstr(order, a), *at_b = strstr(order, b), *then = strstr(at_a, ", then ");

    snprintf(exception, sizeof exception, "%s breaks before %s", a, b);
    return strstr(order, exception) != NULL || (then != NULL && then < at_b);
}

static void check_order(const struct comparison *comparison, size_t run, const char *text)
{
    const struct findings *findings = comparison->runs[run].findings;
    char start[] = "A: ";

    start[0] = (char)('A' + run);
    char *order = mem_string(strstr(text, start) + strlen(start));
    order[strcspn(order, ";.")] = '\0';
    for (size_t i = 0; i < comparison->backend_count; i++) {
        for (size_t k = 0; k < comparison->backend_count; k++) {
            const struct compared_backend *a = &comparison->backends[i], *b = &comparison->backends[k];
            if (i != k && a->judged == comparison->run_count && b->judged == comparison->run_count) {
                size_t first = number_of(findings, a->name), second = number_of(findings, b->name);
                expect(above(findings, second, first) == before_in(order, a->name, b->name), "%s before %s in \"%s\"",
                       a->name, b->name, order);
            }
        }
    }
    free(order);
}

static void check_comparison(const struct findings *one, const struct findings *other)
{
    const struct compared_run runs[] = {{.file = "a.jsonl", .findings = one}, {.file = "b.jsonl", .findings = other}};
    struct comparison comparison;
    struct text out = {0};

    comparison_make(&comparison, runs, 2);
    if (comparison.shared_count > 1) {
        comparison_conclusion_order(&out, &comparison);
        check_order(&comparison, 0, out.data);
        check_order(&comparison, 1, out.data);
    }
    text_release(&out);
    comparison_release(&comparison);
}

static void check_run(const struct findings *findings)
{
    struct text conclusion = {0};

    conclusion_write(&conclusion, findings);
    check_conclusion(findings, conclusion.data);
    check_json(findings, conclusion.data);
    check_table(findings);
    check_overview(findings);
    text_release(&conclusion);
}

TEST(over_two_hundred_random_runs_everything_that_ranks_services_agrees)
{
    struct findings_builder builders[2];

    random_findings_make(&builders[0], 0);
    for (uint64_t seed = 1; seed <= RUNS; seed++) {
        struct findings_builder *before = &builders[(seed + 1) % 2], *now = &builders[seed % 2];
        random_findings_make(now, seed);
        seed_now = (unsigned)seed;
        check_run(&now->findings);
        check_comparison(&before->findings, &now->findings);
        builder_release(before);
    }
    builder_release(&builders[RUNS % 2]);
}

/* Takes a service out of the log, as if it had never been in the run. */
static void leave_out(struct run_log *log, const char *name)
{
    for (unsigned trial = 0; trial < log->run.trials; trial++) {
        run_log_drop_trial(log, name, trial);
    }
    for (size_t i = 0; i < log->backend_count; i++) {
        if (strcmp(log->backends[i].name, name) == 0) {
            backend_record_release(&log->backends[i]);
            log->backends[i] = log->backends[--log->backend_count];
        }
    }
}

/* A run of six trials, in each of which go held more than node. */
TEST(a_shared_run_cut_to_two_services_gives_one_answer)
{
    struct run_log log;
    struct findings findings;
    struct text conclusion = {0};
    struct error err = {0};

    if (run_log_read(&log, SOURCE_FOLDER "/harness/tests/runs/catalog-epyc-2cores.jsonl.gz", &err) != 0) {
        fail_msg("%s", err.message);
    }
    leave_out(&log, "python");
    leave_out(&log, "rust");
    assert_int_equal(log.backend_count, 2);
    assert_int_equal(findings_make(&findings, &log, NULL, &err), 0);
    const struct backend_finding *go = &findings.backends[0], *node = &findings.backends[1];
    assert_string_equal(go->record->name, "go");
    assert_true(ranking_above(go, node));
    assert_int_equal(findings.pairs[0].difference, DIFFERENCE_SEEN);
    conclusion_write(&conclusion, &findings);
    assert_non_null(strstr(conclusion.data, "node breaks first, on "));
    assert_non_null(strstr(conclusion.data, "go has the highest capacity: "));
    check_run(&findings);
    text_release(&conclusion);
    findings_release(&findings);
    run_log_release(&log);
}
