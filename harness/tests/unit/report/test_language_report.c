/* What the reports say of languages: in made-up runs, and over random ones the same as the findings of their services.
 */
#include "analysis/capacity/capacity.h"
#include "analysis/capacity/held_load.h"
#include "analysis/capacity/languages.h"
#include "analysis/capacity/ranking.h"
#include "base/mem.h"
#include "languages_case.h"
#include "log_builder.h"
#include "random_findings.h"
#include "report/report.h"
#include "report/words/standing/language_phrase.h"
#include "test.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RUNS          200
#define RUNS_IN_WORDS 40 /* of them; reports take longer than findings */

/* --- in words ----------------------------------------------------------------------------------------------------- */

static void check_line(const struct findings *findings, size_t index, const char *wanted)
{
    struct text line = {0};

    assert_true(index < findings->language_count);
    language_phrase(&line, findings, &findings->languages[index]);
    assert_string_equal(line.data, wanted);
    text_release(&line);
}

TEST(each_language_has_a_line)
{
    struct findings_builder builder;

    languages_case(&builder);
    assert_int_equal(builder.findings.language_count, 4);
    check_line(&builder.findings, 0,
               "Rust: 64,000/s to 128,000/s with axum (rust) alone: one framework says nothing of a language.");
    check_line(&builder.findings, 1,
               "Go: 16,000/s to 64,000/s over 2 frameworks, the least with chi (go-chi), the most with net/http (go) "
               "(not told apart). Each of them holds more than each of Python. Not told apart from JavaScript. Tuned, "
               "so not counted: go-raw.");
    check_line(&builder.findings, 2,
               "JavaScript: 8,000/s to 32,000/s over 2 frameworks, the least with Express (express), the most with "
               "Fastify (fastify) (not told apart). Each of them holds more than each of Python.");
    check_line(&builder.findings, 3,
               "Python: 1,000/s to 4,000/s over 2 frameworks, the least with Flask (flask), the most with FastAPI "
               "(fastapi) (not told apart).");
    builder_release(&builder);
}

static struct backend_record *add(struct run_log *log, const char *name, const char *framework, const char *letters)
{
    struct backend_record *record = log_builder_backend(log, name);

    record->language = mem_string("Go");
    record->framework = mem_string(framework);
    log_builder_climb(log, name, 0, letters);
    return record;
}

TEST(open_ends_and_services_without_a_framework_have_words_too)
{
    struct run_log log;

    log_builder_init(&log);
    add(&log, "go", "net/http", "ppp");
    add(&log, "chi", "chi", "pppb");
    add(&log, "shop", NULL, "b");
    struct findings findings = log_builder_findings(&log);
    check_line(
        &findings, 0,
        "Go: below 500/s to at least 2,000/s over 2 frameworks, the least with shop, the most with net/http (go).");
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_language_in_several_boxes_has_a_line_for_each)
{
    static const char *const boxes[] = {"cpus=0.5", "cpus=1"};
    struct run_log log;

    log_builder_init(&log);
    for (size_t i = 0; i < 4; i++) {
        char name[] = "s0";
        name[1] = (char)('0' + i);
        struct backend_record *record = add(&log, name, i < 2 ? "net/http" : "chi", i % 2 == 0 ? "pb" : "pppppb");
        record->box = mem_string(boxes[i % 2]);
        record->unboxed = mem_string(i < 2 ? "go" : "chi");
    }
    struct findings findings = log_builder_findings(&log);
    check_line(
        &findings, 0,
        "Go in 1 cpu: 8,000/s to 16,000/s over 2 frameworks, the least with net/http (s1), the most with chi (s3) "
        "(not told apart).");
    check_line(
        &findings, 1,
        "Go in 0.5 cpus: 500/s to 1,000/s over 2 frameworks, the least with net/http (s0), the most with chi (s2) "
        "(not told apart).");
    findings_release(&findings);
    run_log_release(&log);
}

/* --- random runs -------------------------------------------------------------------------------------------------- */

/* What of the random runs there was, so that the checks below are known to have checked something. */
struct seen {
    size_t languages, above, alike, tuned, apart, untold;
};

static bool counts(const struct backend_finding *service, const struct language_finding *language)
{
    return capacity_judged(service) && strcmp(service->record->language, language->name) == 0;
}

static void check_language(const struct findings *findings, const struct language_finding *language, struct seen *seen)
{
    double low = INFINITY, high = 0;
    size_t count = 0, tuned = 0;
    bool lowest = false, highest = false;

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *service = &findings->backends[i];
        const struct held_load held = held_load_of(service);
        if (!counts(service, language)) {
            continue;
        }
        if (strcmp(service->record->class, "tuned") == 0) {
            tuned++;
            continue;
        }
        count++;
        low = fmin(low, isnan(held.capacity) ? held.low : held.capacity);
        high = fmax(high, isnan(held.capacity) ? held.high : held.capacity);
        lowest = lowest || service == language->lowest;
        highest = highest || service == language->highest;
        assert_false(language->lowest != NULL && ranking_above(language->lowest, service) &&
                     ranking_above(service, language->highest));
    }
    assert_int_equal(language->service_count, count);
    assert_int_equal(language->tuned_count, tuned);
    assert_true(language->frameworks <= count);
    if (count > 0) {
        assert_true(lowest && highest && language->low == low && language->high == high);
        assert_true(language->told_apart == ranking_above(language->highest, language->lowest));
    }
    seen->languages++;
    seen->tuned += tuned;
    seen->apart += language->told_apart;
}

static void check_two(const struct language_finding *a, const struct language_finding *b, struct seen *seen)
{
    bool above = languages_above(a, b);

    assert_false(above && languages_above(b, a));
    if (above) {
        assert_true(a->frameworks > 1 && b->frameworks > 1 && a->low > b->high);
        assert_true(ranking_above(a->lowest, b->highest));
    }
    seen->above += above;
    seen->alike += languages_comparable(a, b) && !above && !languages_above(b, a);
}

/* The sentence names those that it is above, and no other. The languages of random runs are single letters. */
static void check_claim(const struct findings *findings, size_t index, const char *words)
{
    static const char before[] = "holds more than each of ";
    const char *claim = strstr(words, before);
    char named[8] = "", above[8] = "";

    for (size_t i = 0; claim != NULL && claim[i] != '.'; i++) {
        if (strchr("ABC", claim[i]) != NULL) {
            strncat(named, &claim[i], 1);
        }
    }
    for (size_t i = 0; i < findings->language_count; i++) {
        if (languages_above(&findings->languages[index], &findings->languages[i])) {
            strncat(above, findings->languages[i].name, 1);
        }
    }
    assert_string_equal(named, above);
}

/* The document and the report in Markdown say one thing. */
static void check_words(const struct findings *findings)
{
    struct text written = {0}, markdown = {0};

    report_write(findings, REPORT_JSON, NULL, &written);
    report_write(findings, REPORT_MARKDOWN, NULL, &markdown);
    json_t *report = json_loads(written.data, 0, NULL), *languages = json_object_get(report, "languages");
    assert_int_equal(json_array_size(languages), findings->language_count);
    for (size_t i = 0; i < findings->language_count; i++) {
        json_t *one = json_array_get(languages, i);
        const char *words = json_string_value(json_object_get(one, "in_words"));
        check_line(findings, i, words);
        assert_non_null(strstr(markdown.data, words));
        assert_int_equal(json_array_size(json_object_get(one, "services")), findings->languages[i].service_count);
        check_claim(findings, i, words);
    }
    json_decref(report);
    text_release(&written);
    text_release(&markdown);
}

/* Whether any language has two frameworks among its services that count. */
static bool has_two_frameworks(const struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        for (size_t k = 0; k < i; k++) {
            const struct backend_record *a = findings->backends[i].record, *b = findings->backends[k].record;
            bool judged = capacity_judged(&findings->backends[i]) && capacity_judged(&findings->backends[k]);
            if (judged && strcmp(a->class, "production") == 0 && strcmp(b->class, "production") == 0 &&
                strcmp(a->language, b->language) == 0 && strcmp(a->framework, b->framework) != 0) {
                return true;
            }
        }
    }
    return false;
}

TEST(over_random_runs_a_line_says_what_its_services_hold)
{
    struct seen seen = {0};

    for (unsigned seed = 1; seed <= RUNS; seed++) {
        struct findings_builder builder;
        random_findings_make(&builder, seed);
        const struct findings *findings = &builder.findings;
        assert_true((findings->language_count > 0) == has_two_frameworks(findings));
        seen.untold += findings->language_count == 0;
        for (size_t i = 0; i < findings->language_count; i++) {
            check_language(findings, &findings->languages[i], &seen);
            for (size_t k = 0; k < findings->language_count; k++) {
                check_two(&findings->languages[i], &findings->languages[k], &seen);
            }
        }
        if (seed <= RUNS_IN_WORDS) {
            check_words(findings);
        }
        builder_release(&builder);
    }
    print_message(
        "%zu lines, %zu above others, %zu pairs not told apart, %zu tuned, %zu with a highest, %zu runs without\n",
        seen.languages, seen.above, seen.alike, seen.tuned, seen.apart, seen.untold);
    assert_true(seen.languages > 0 && seen.above > 0 && seen.alike > 0 && seen.tuned > 0 && seen.apart > 0 &&
                seen.untold > 0);
}
