#include "report/report.h"

#include "analysis/capacity/ranking.h"
#include "findings_builder.h"
#include "languages_case.h"
#include "report_cases.h"
#include "test.h"

#include <string.h>

static const char scenario[] =
    "{\"schema\": 1, \"name\": \"s\", \"why\": \"a test\",\n"
    " \"requests\": [{\"name\": \"r\", \"weight\": 1, \"method\": \"GET\", \"path\": \"/\"}],\n"
    " \"double\": {\"what\": \"rate\", \"from\": 1000, \"steps\": 6}, \"limits\": {\"p99\": \"50ms\"}}";

static void build(struct findings_builder *builder, const char *climbs)
{
    builder_init(builder, scenario);
    builder_climbs(builder, climbs);
    builder_finish(builder);
}

/* `name` NULL: nobody is certain to be ahead. */
static void check_leader(const char *climbs, const char *name)
{
    struct findings_builder builder;

    build(&builder, climbs);
    struct ranking ranking;
    ranking_find(&builder.findings, &ranking);
    const struct backend_finding *leader = ranking.leader;
    if (name == NULL) {
        assert_null(leader);
    } else {
        assert_non_null(leader);
        assert_string_equal(leader->record->name, name);
    }
    ranking_release(&ranking);
    builder_release(&builder);
}

TEST(who_held_what_broke_all_others_is_ahead)
{
    check_leader("a pppppb b pppb c pb", "a");
    check_leader("a ppppb,ppppb b ppb,ppb", "a");
    check_leader("a pppp b ppb", "a");
}

TEST(who_held_no_more_than_another_is_not)
{
    check_leader("a ppb b ppb", NULL);
    check_leader("a pppb b ppb", NULL); /* the next level is no doubling that lies between */
    check_leader("a pppb,pppb b ppb,ppb", NULL);
    check_leader("a pppb,ppb b ppb,ppb", NULL);
}

TEST(one_that_never_broke_or_never_was_valid_may_hold_more)
{
    check_leader("a pppp b ppp", NULL);
    check_leader("a pppb b iii", NULL);
}

TEST(who_is_alone_or_held_nothing_is_ahead_of_nobody)
{
    check_leader("a pppb", NULL);
    check_leader("a b b b", NULL);
}

TEST(each_run_is_a_row_and_each_service_a_column)
{
    struct findings_builder one, other;
    struct text out = {0};

    build(&one, "a ppppb b ppb");
    build(&other, "c pppp b b");
    other.findings.scenario.name[0] = 't';
    const struct findings *const runs[] = {&one.findings, &other.findings};
    report_write_overview(runs, 2, REPORT_MARKDOWN, &(struct page_look){0}, &out);
    assert_non_null(strstr(out.data, "| scenario | a | b | c | ahead |"));
    assert_non_null(strstr(out.data, "| s | 8,000/s, then latency (cpu) | 2,000/s, then latency (cpu) | - | a |"));
    assert_non_null(strstr(out.data, "| t | - | \\< 1,000/s, then latency (cpu) | \\>= 8,000/s | c |"));
    text_release(&out);
    builder_release(&one);
    builder_release(&other);
}

TEST(runs_of_one_scenario_are_told_apart_by_when_they_began)
{
    struct findings_builder one, other;
    struct text out = {0};

    build(&one, "a ppppb");
    build(&other, "a pppb");
    memcpy(other.log.run.started, "2026-02-01T13:30", 16);
    const struct findings *const runs[] = {&one.findings, &other.findings};
    report_write_overview(runs, 2, REPORT_MARKDOWN, &(struct page_look){0}, &out);
    assert_non_null(strstr(out.data, "| s, 2026-01-31 12:00 | 8,000/s"));
    assert_non_null(strstr(out.data, "| s, 2026-02-01 13:30 | 4,000/s"));
    text_release(&out);
    builder_release(&one);
    builder_release(&other);
}

TEST(each_run_has_its_own_lines_of_languages)
{
    struct findings_builder one, other;
    struct text out = {0};

    languages_case(&one);
    build(&other, "a pppb b pb");
    const struct findings *const runs[] = {&other.findings, &one.findings};
    report_write_overview(runs, 1, REPORT_MARKDOWN, &(struct page_look){0}, &out);
    assert_null(strstr(out.data, "By language"));
    text_release(&out);
    report_write_overview(runs, 2, REPORT_MARKDOWN, &(struct page_look){0}, &out);
    assert_non_null(strstr(out.data, "By language"));
    assert_non_null(strstr(out.data, "- catalog: Go: 16,000/s to 64,000/s over 2 frameworks"));
    assert_null(strstr(out.data, "- s: "));
    text_release(&out);
    builder_release(&one);
    builder_release(&other);
}
