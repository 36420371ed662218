/* What a run tells of languages, out of made-up runs. */
#include "analysis/capacity/languages.h"

#include "analysis/capacity/ranking.h"
#include "base/mem.h"
#include "log_builder.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A service that climbed once; each letter is a load, from 500/s on. */
static struct backend_record *add(struct run_log *log, const char *name, const char *language, const char *framework,
                                  const char *letters)
{
    struct backend_record *record = log_builder_backend(log, name);

    record->language = mem_string(language);
    record->framework = mem_string(framework);
    log_builder_climb(log, name, 0, letters);
    return record;
}

static void check_name(const struct backend_finding *service, const char *name)
{
    assert_non_null(service);
    assert_string_equal(service->record->name, name);
}

TEST(the_range_goes_from_the_least_to_the_most_over_the_frameworks)
{
    struct run_log log;

    log_builder_init(&log);
    add(&log, "fast", "Go", "net/http", "pppppb");
    add(&log, "slow", "Go", "chi", "ppb");
    add(&log, "middle", "Go", "gin", "pppb");
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.language_count, 1);
    const struct language_finding *go = &findings.languages[0];
    assert_string_equal(go->name, "Go");
    assert_null(go->box);
    assert_int_equal(go->service_count, 3);
    assert_int_equal(go->frameworks, 3);
    assert_int_equal(go->tuned_count, 0);
    check_name(go->lowest, "slow");
    check_name(go->highest, "fast");
    /* Only known to lie between 1,000 and 2,000, and between 8,000 and 16,000. */
    assert_true(go->low == 1000 && go->high == 16000);
    assert_false(go->low_estimated || go->high_estimated);
    assert_true(go->told_apart);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(one_framework_a_language_tells_nothing_of_languages)
{
    struct run_log log;

    log_builder_init(&log);
    add(&log, "go", "Go", "net/http", "pppb");
    add(&log, "go-next", "Go", "net/http", "ppb"); /* another version of it */
    add(&log, "plain", "Go", NULL, "ppb");
    add(&log, "node", "JavaScript", "Fastify", "pb");
    add(&log, "unknown", "Rust", "axum", "ii");
    add(&log, "rust", "Rust", "actix", "ppb");
    log_builder_skip(&log, "java", "it is not installed");
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.language_count, 0);
    assert_null(findings.languages);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_log_without_languages_tells_nothing_of_them)
{
    struct run_log log;

    log_builder_init(&log);
    add(&log, "a", NULL, "x", "pppb");
    add(&log, "b", NULL, "y", "ppb");
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.language_count, 0);
    findings_release(&findings);
    run_log_release(&log);
}

/* It would be the highest, and the second framework. */
TEST(a_tuned_service_is_listed_and_not_counted)
{
    struct run_log log;

    log_builder_init(&log);
    add(&log, "go", "Go", "net/http", "ppb");
    add(&log, "raw", "Go", "none", "ppppppb")->class = mem_string("tuned");
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.language_count, 0);
    findings_release(&findings);

    add(&log, "chi", "Go", "chi", "pb")->class = mem_string("production");
    add(&log, "c", "C", "libuv", "ppppppb")->class = mem_string("tuned");
    findings = log_builder_findings(&log);
    assert_int_equal(findings.language_count, 2);
    const struct language_finding *go = &findings.languages[0], *c = &findings.languages[1];
    assert_int_equal(go->frameworks, 2);
    assert_true(go->low == 500 && go->high == 2000);
    check_name(go->highest, "go");
    assert_int_equal(go->tuned_count, 1);
    check_name(go->tuned[0], "raw");
    assert_int_equal(c->service_count, 0);
    assert_int_equal(c->tuned_count, 1);
    assert_null(c->lowest);
    assert_false(languages_comparable(go, c) || languages_above(go, c) || languages_above(c, go));
    findings_release(&findings);
    run_log_release(&log);
}

/* A service in two boxes is one framework, and what it holds in one says nothing of another in the other. */
TEST(each_box_stands_for_itself)
{
    static const char *const boxes[] = {"cpus=0.5", "cpus=1"};
    struct run_log log;

    log_builder_init(&log);
    add(&log, "go@0.5", "Go", "net/http", "ppb")->box = mem_string(boxes[0]);
    add(&log, "go@1", "Go", "net/http", "pppb")->box = mem_string(boxes[1]);
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.language_count, 0);
    findings_release(&findings);

    add(&log, "chi@0.5", "Go", "chi", "pb")->box = mem_string(boxes[0]);
    add(&log, "chi@1", "Go", "chi", "ppppppb")->box = mem_string(boxes[1]);
    findings = log_builder_findings(&log);
    assert_int_equal(findings.language_count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(findings.languages[i].box, boxes[1 - i]);
        assert_int_equal(findings.languages[i].frameworks, 2);
    }
    assert_false(languages_comparable(&findings.languages[0], &findings.languages[1]));
    findings_release(&findings);
    run_log_release(&log);
}

TEST(an_open_end_stays_open)
{
    struct run_log log;

    log_builder_init(&log);
    add(&log, "never-broke", "Go", "net/http", "ppp");
    add(&log, "held-nothing", "Go", "chi", "b");
    struct findings findings = log_builder_findings(&log);
    const struct language_finding *go = &findings.languages[0];
    assert_true(go->low == 0 && isinf(go->high));
    check_name(go->lowest, "held-nothing");
    check_name(go->highest, "never-broke");
    findings_release(&findings);
    run_log_release(&log);
}

static void make_two(struct run_log *log, const char *go, const char *chi, const char *flask, const char *fastapi)
{
    log_builder_init(log);
    add(log, "go", "Go", "net/http", go);
    add(log, "chi", "Go", "chi", chi);
    add(log, "flask", "Python", "Flask", flask);
    add(log, "fastapi", "Python", "FastAPI", fastapi);
}

TEST(a_language_is_above_another_where_each_of_its_services_is)
{
    struct run_log log;

    make_two(&log, "pppppb", "pppppppb", "pb", "ppb");
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.language_count, 2);
    const struct language_finding *go = &findings.languages[0], *python = &findings.languages[1];
    assert_string_equal(go->name, "Go");
    assert_true(languages_above(go, python));
    assert_false(languages_above(python, go) || languages_above(go, go));
    findings_release(&findings);
    run_log_release(&log);
}

TEST(languages_whose_ranges_overlap_are_not_told_apart)
{
    struct run_log log;

    make_two(&log, "pppppppb", "ppb", "pb", "pppb"); /* go is above both, chi above none */
    struct findings findings = log_builder_findings(&log);
    const struct language_finding *go = &findings.languages[0], *python = &findings.languages[1];
    assert_true(languages_comparable(go, python));
    assert_false(languages_above(go, python) || languages_above(python, go));
    findings_release(&findings);
    run_log_release(&log);
}

TEST(where_the_services_are_not_told_apart_neither_are_the_languages)
{
    struct run_log log;

    make_two(&log, "ppppb", "ppppb", "pppb", "pppb"); /* no doubling lies between, and there is one trial */
    struct findings findings = log_builder_findings(&log);
    const struct language_finding *go = &findings.languages[0], *python = &findings.languages[1];
    assert_false(go->told_apart);
    assert_false(languages_above(go, python) || languages_above(python, go));
    findings_release(&findings);
    run_log_release(&log);
}
