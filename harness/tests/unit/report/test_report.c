/* The snapshots under cases/report are compared byte for byte. `TWOFOLD_UPDATE=1 test_report` writes them anew: read
 * the difference before keeping it. */
#include "report/report.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "report/text/page.h"
#include "report_cases.h"
#include "snapshot.h"
#include "test.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct snapshot {
    const char *file;
    enum report_format format;
    struct report_options options;
};

static const struct snapshot snapshots[] = {
    {"report.txt", REPORT_TEXT, {.command = "twofold report run.jsonl"}},
    {"details.txt", REPORT_TEXT, {.details = true, .explain = true, .steps = true}},
    {"report.md", REPORT_MARKDOWN, {0}},
    {"report.csv", REPORT_CSV, {0}},
    {"report.json", REPORT_JSON, {0}},
};

#define SNAPSHOTS (sizeof snapshots / sizeof *snapshots)

TEST(every_report_is_what_was_kept)
{
    for (const struct report_case *report_case = report_cases; report_case->name != NULL; report_case++) {
        char *folder = file_join(TESTS_FOLDER "/cases/report", report_case->name);
        for (size_t i = 0; i < SNAPSHOTS; i++) {
            struct text made = report_case_write(report_case, snapshots[i].format, &snapshots[i].options);
            snapshot_check(folder, snapshots[i].file, &made);
            text_release(&made);
        }
        free(folder);
    }
}

static void check_width(const struct report_case *report_case, size_t width)
{
    const struct report_options options = {.details = true, .explain = true, .steps = true, .width = width};
    struct text made = report_case_write(report_case, REPORT_TEXT, &options);
    char *rest = made.data;

    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        if (utf8_columns(line) > width) {
            fail_msg("%s at width %zu: \"%s\"", report_case->name, width, line);
        }
        assert_true(line[0] == '\0' || line[strlen(line) - 1] != ' ');
    }
    text_release(&made);
}

TEST(no_line_is_wider_than_asked_for)
{
    for (const struct report_case *report_case = report_cases; report_case->name != NULL; report_case++) {
        for (size_t width = PAGE_WIDTH_LEAST; width <= 160; width += 2) {
            check_width(report_case, width);
        }
    }
}

static const char *last(const char *text, const char *part)
{
    const char *found = NULL;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        found = at;
    }
    return found;
}

TEST(the_answer_stands_once_at_the_top_of_a_file_and_at_the_end_of_a_terminal)
{
    static const char answer[] = "The answer\n==========\n", facts[] = "\nscenario ";
    static const char service[] = "Service by service\n";
    const struct report_options file = {.details = true}, terminal = {.details = true, .answer_last = true};
    struct text top = report_case_write(&report_cases[0], REPORT_TEXT, &file);
    struct text end = report_case_write(&report_cases[0], REPORT_TEXT, &terminal);

    assert_non_null(strstr(top.data, answer));
    assert_ptr_equal(strstr(top.data, answer), last(top.data, answer));
    assert_true(strstr(top.data, answer) < strstr(top.data, facts));
    assert_non_null(strstr(end.data, answer));
    assert_ptr_equal(strstr(end.data, answer), last(end.data, answer));
    assert_non_null(strstr(end.data, service));
    assert_true(strstr(end.data, answer) > strstr(end.data, service));
    text_release(&top);
    text_release(&end);
}

static size_t lines_of(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    return lines;
}

/* One that takes more than a screen is no answer. */
TEST(a_report_is_an_answer_a_table_what_to_do_and_a_line_about_the_machine)
{
    const struct report_options options = {.command = "twofold report run.jsonl", .width = PAGE_WIDTH};

    for (const struct report_case *report_case = report_cases; report_case->name != NULL; report_case++) {
        struct text made = report_case_write(report_case, REPORT_TEXT, &options);
        const char *answer = strstr(made.data, "The answer\n"), *table = strstr(made.data, "\nservice ");
        const char *todo = strstr(made.data, "What to do about it\n");
        const char *command = strstr(made.data, "      twofold report run.jsonl --details\n");
        const char *machine = strstr(made.data, ", twofold ");
        assert_true(answer != NULL && answer < table && table < todo && todo < command && command < machine);
        assert_null(strstr(made.data, "The columns:"));
        assert_null(strstr(made.data, "Service by service"));
        assert_null(strchr(made.data, '\x1b'));
        if (lines_of(made.data) > 60) {
            fail_msg("%s has %zu lines", report_case->name, lines_of(made.data));
        }
        text_release(&made);
    }
}

/* Without its escape sequences. */
static struct text uncoloured(const struct text *made)
{
    struct text plain = {0};
    for (const char *at = made->data; *at != '\0'; at++) {
        if (*at == '\x1b') {
            at = strchr(at, 'm');
        } else {
            text_append(&plain, at, 1);
        }
    }
    return plain;
}

TEST(colour_changes_no_letter_and_no_column)
{
    const struct report_options coloured = {.details = true, .colour = true}, plain = {.details = true};

    for (const struct report_case *report_case = report_cases; report_case->name != NULL; report_case++) {
        struct text with = report_case_write(report_case, REPORT_TEXT, &coloured);
        struct text without = report_case_write(report_case, REPORT_TEXT, &plain), bare = uncoloured(&with);
        assert_true(with.length > without.length);
        assert_string_equal(bare.data, without.data);
        text_release(&with);
        text_release(&without);
        text_release(&bare);
    }
}

TEST(columns_are_explained_to_those_who_ask)
{
    const struct report_options asked = {.explain = true};
    struct text made = report_case_write(&report_cases[0], REPORT_TEXT, &asked);

    assert_non_null(strstr(made.data, "The columns:"));
    assert_non_null(strstr(made.data, "\nheadroom "));
    text_release(&made);
}

TEST(a_load_that_was_run_again_says_so_among_the_steps)
{
    const struct report_options steps = {.steps = true};
    struct findings_builder builder;
    struct text out = {0};

    report_cases[0].build(&builder);
    struct step_record *record = (struct step_record *)builder.findings.backends[0].steps[0].record;
    record->attempt = 1;
    report_write(&builder.findings, REPORT_TEXT, &steps, &out);
    const char *table = strstr(out.data, "Step by step\n");
    assert_non_null(table);
    assert_non_null(strstr(table, "  holds, run 2"));
    assert_ptr_equal(strstr(table, ", run "), last(table, ", run "));
    builder_release(&builder);
    text_release(&out);
}

TEST(the_width_is_118_unless_another_is_asked_for)
{
    const struct report_options options = {.width = PAGE_WIDTH};
    const struct report_options too_narrow = {.width = 3}, least = {.width = PAGE_WIDTH_LEAST};
    struct text usual = report_case_write(&report_cases[0], REPORT_TEXT, NULL);
    struct text asked = report_case_write(&report_cases[0], REPORT_TEXT, &options);
    struct text narrow = report_case_write(&report_cases[0], REPORT_TEXT, &too_narrow);
    struct text narrowest = report_case_write(&report_cases[0], REPORT_TEXT, &least);

    assert_string_equal(usual.data, asked.data);
    assert_string_equal(narrow.data, narrowest.data);
    assert_string_not_equal(usual.data, narrow.data);
    text_release(&usual);
    text_release(&asked);
    text_release(&narrow);
    text_release(&narrowest);
}

TEST(no_control_code_of_a_run_log_is_written)
{
    for (const struct report_case *report_case = report_cases; report_case->name != NULL; report_case++) {
        for (int format = REPORT_TEXT; format <= REPORT_MARKDOWN; format++) {
            struct text made = report_case_write(report_case, (enum report_format)format, NULL);
            for (const char *at = made.data; *at != '\0';) {
                uint32_t point;
                at = utf8_next(at, &point);
                assert_true(point == '\n' || (point >= 0x20 && point < 0x7F) || point >= 0xA0);
                assert_int_not_equal(point, 0x202E);
            }
            text_release(&made);
        }
    }
}

/* The sentences of a report without everything that only its form brings: line breaks, columns, markup. */
static char *sentences(const struct text *out)
{
    char *words = mem_copy(out->data, out->length), *to = words;
    for (const char *from = words; *from != '\0'; from++) {
        if (strchr(" \n-|\\=#*~", *from) == NULL) {
            *to++ = *from;
        }
    }
    *to = '\0';
    char *begin = strstr(words, "Servicebyservice");
    assert_non_null(begin);
    char *kept = mem_string(begin);
    free(words);
    return kept;
}

TEST(markdown_says_every_sentence_that_the_text_says)
{
    for (const struct report_case *report_case = report_cases; report_case->name != NULL; report_case++) {
        const struct report_options details = {.details = true};
        struct text text = report_case_write(report_case, REPORT_TEXT, &details);
        struct text markdown = report_case_write(report_case, REPORT_MARKDOWN, &details);
        char *text_words = sentences(&text), *markdown_words = sentences(&markdown);
        assert_string_equal(text_words, markdown_words);
        free(text_words);
        free(markdown_words);
        text_release(&text);
        text_release(&markdown);
    }
}

TEST(a_report_is_added_to_what_stands_there)
{
    for (int format = REPORT_TEXT; format <= REPORT_OPENMETRICS; format++) {
        struct findings_builder builder;
        struct text out = {0};
        report_cases[0].build(&builder);
        text_add(&out, "before\n");
        report_write(&builder.findings, (enum report_format)format, NULL, &out);
        assert_memory_equal(out.data, "before\n", 7);
        assert_true(out.length > 500);
        builder_release(&builder);
        text_release(&out);
    }
}

TEST(every_format_is_known_by_its_name)
{
    static const char *const names[] = {"text", "markdown", "csv", "json", "junit", "openmetrics", "html"};
    struct error err = {0};

    for (int i = 0; i < (int)(sizeof names / sizeof names[0]); i++) {
        enum report_format format;
        assert_int_equal(report_format_read(names[i], &format, &err), 0);
        assert_int_equal(format, i);
    }
}

TEST(an_unknown_format_is_refused_with_the_nearest_known_one)
{
    enum report_format format = REPORT_CSV;
    struct error err = {0};

    assert_int_equal(report_format_read("jsn", &format, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "\"json\""));
    assert_int_equal(format, REPORT_CSV);
    err = (struct error){0};
    assert_int_equal(report_format_read("powerpoint", &format, &err), -1);
    assert_non_null(strstr(err.message, "markdown"));
}
