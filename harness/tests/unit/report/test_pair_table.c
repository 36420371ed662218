#include "report/standing/pair_table.h"

#include "findings_builder.h"
#include "report/report.h"
#include "report_cases.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* This many services, "s00" and so on, the best first, in two trials. */
static void build(struct findings_builder *builder, unsigned services)
{
    struct text climbs = {0};

    builder_init(builder, report_cases_catalog);
    for (unsigned i = 0; i < services; i++) {
        text_format(&climbs, "%ss%02u ppb,ppb", i > 0 ? " " : "", i);
    }
    builder_climbs(builder, climbs.data);
    builder->log.run.trials = 2;
    builder_finish(builder);
    text_release(&climbs);
}

static size_t count(const char *text, const char *part)
{
    size_t found = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        found++;
    }
    return found;
}

static struct text report(const struct findings_builder *builder, const char *pairs)
{
    const struct report_options options = {.details = true, .pairs = pairs};
    struct text out = {0};

    assert_int_equal(pair_table_check(pairs, &builder->findings, NULL), 0);
    report_write(&builder->findings, REPORT_TEXT, &options, &out);
    return out;
}

/* The rows that too few trials say anything of, which are shown to those who ask. */
static size_t left_out(const char *report)
{
    const char *said = strstr(report, " rows are left out");

    while (said != NULL && said > report && said[-1] != '\n') {
        said--;
    }
    return said != NULL ? strtoul(said, NULL, 10) : 0;
}

static void check_rows(const struct findings_builder *builder, const char *pairs, size_t pair_count)
{
    struct text out = report(builder, pairs);
    size_t shown = count(out.data, " against s"), hidden = left_out(out.data);

    if (shown + hidden != pair_count * PAIR_FIGURES) {
        fail_msg("--pairs %s: %zu rows and %zu left out, expected %zu", pairs != NULL ? pairs : "(none)", shown, hidden,
                 pair_count * PAIR_FIGURES);
    }
    assert_true(pairs == NULL ? hidden > 0 : hidden == 0);
    text_release(&out);
}

TEST(few_services_are_shown_each_beside_each)
{
    struct findings_builder builder;

    build(&builder, PAIR_TABLE_SERVICES);
    check_rows(&builder, NULL, (size_t)PAIR_TABLE_SERVICES * (PAIR_TABLE_SERVICES - 1) / 2);
    builder_release(&builder);
}

TEST(many_services_are_shown_beside_the_next_and_as_asked_for)
{
    struct findings_builder builder;

    build(&builder, 20);
    assert_int_equal(builder.findings.pair_count, 190 * PAIR_FIGURES);
    check_rows(&builder, NULL, 19);
    check_rows(&builder, "all", 190);
    check_rows(&builder, "s03", 19 + 17);        /* with all others; two of these are its neighbours */
    check_rows(&builder, "s00,s10,s19", 19 + 3); /* each two of these */
    check_rows(&builder, "s00,s01", 19);         /* neighbours anyway */
    check_rows(&builder, "s03,s03,", 19 + 17);   /* one name */
    builder_release(&builder);
}

TEST(a_report_of_many_services_says_what_it_leaves_out)
{
    struct findings_builder builder;

    build(&builder, 20);
    struct text usual = report(&builder, NULL), all = report(&builder, "all");
    assert_non_null(strstr(usual.data, "--pairs all"));
    assert_non_null(strstr(usual.data, "570 rows"));
    assert_null(strstr(all.data, "--pairs"));
    text_release(&usual);
    text_release(&all);
    builder_release(&builder);
}

TEST(a_name_that_the_run_does_not_have_is_refused)
{
    struct findings_builder builder;
    struct error err = {0};

    build(&builder, 3);
    assert_int_equal(pair_table_check("s00,s09", &builder.findings, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "--pairs s09"));
    assert_non_null(strstr(err.message, "did you mean s0"));
    err = (struct error){0};
    assert_int_equal(pair_table_check("nothing-like-it", &builder.findings, &err), -1);
    assert_null(strstr(err.message, "did you mean"));
    builder_release(&builder);
}
