/* The snapshots under cases/comparison are compared byte for byte. `TWOFOLD_UPDATE=1 test_comparison_report` writes
 * them anew: read the difference before keeping it. */
#include "report/compare/comparison_report.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "comparison_cases.h"
#include "report/compare/comparison_json.h"
#include "report/compare/comparison_words.h"
#include "report/text/page.h"
#include "report_cases.h"
#include "snapshot.h"
#include "test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct text text_of(const struct comparison *comparison)
{
    struct text out = {0};
    comparison_report_text(comparison, &(struct page_look){0}, true, &out);
    return out;
}

static struct text markdown_of(const struct comparison *comparison)
{
    struct text out = {0};
    comparison_report_markdown(comparison, true, &out);
    return out;
}

static struct text json_of(const struct comparison *comparison)
{
    struct text out = {0};
    comparison_json_write(comparison, &out);
    return out;
}

static const struct {
    const char *file;
    struct text (*write)(const struct comparison *comparison);
} snapshots[] = {
    {"comparison.txt", text_of},
    {"comparison.md", markdown_of},
    {"comparison.json", json_of},
};

#define SNAPSHOTS (sizeof snapshots / sizeof *snapshots)

TEST(every_comparison_is_what_was_kept)
{
    for (const struct comparison_case *each = comparison_cases; each->name != NULL; each++) {
        char *folder = mem_format("%s/%s", TESTS_FOLDER "/cases/comparison", each->name);
        struct compared_case compared;
        compared_case_make(&compared, each);
        for (size_t i = 0; i < SNAPSHOTS; i++) {
            struct text made = snapshots[i].write(&compared.comparison);
            snapshot_check(folder, snapshots[i].file, &made);
            text_release(&made);
        }
        compared_case_release(&compared);
        free(folder);
    }
}

/* Every report case has strange things in it; a comparison of each with itself has to stand them. */
static void for_each_case_with_itself(void (*check)(const struct compared_case *compared, const char *name))
{
    for (const struct report_case *each = report_cases; each->name != NULL; each++) {
        struct compared_case compared;
        compared_case_twice(&compared, each->build);
        check(&compared, each->name);
        compared_case_release(&compared);
    }
}

static void check_same(const struct compared_case *compared, const char *name)
{
    struct text made = text_of(&compared->comparison);

    (void)name;
    assert_int_equal(compared->comparison.unlike_count, 0);
    assert_true(compared->comparison.order_same);
    for (size_t i = 0; i < compared->comparison.backend_count; i++) {
        for (int k = 0; k < COMPARED_COUNT; k++) {
            const struct change *change = &compared->comparison.backends[i].sides[1].figures[k].change;
            assert_true(change->difference <= DIFFERENCE_NOT_SEEN);
        }
    }
    assert_null(strstr(made.data, "no interval\n"));
    text_release(&made);
}

TEST(a_run_against_itself_differs_in_nothing)
{
    for_each_case_with_itself(check_same);
}

static void check_width(const struct compared_case *compared, const char *name)
{
    for (size_t width = PAGE_WIDTH_LEAST; width <= 140; width += 6) {
        struct text made = {0};
        comparison_report_text(&compared->comparison, &(struct page_look){.width = width}, true, &made);
        char *rest = made.data;
        for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
            if (utf8_columns(line) > width) {
                fail_msg("%s at width %zu: \"%s\"", name, width, line);
            }
        }
        text_release(&made);
    }
}

TEST(no_line_is_wider_than_asked_for)
{
    for_each_case_with_itself(check_width);
}

static void check_plain(const struct compared_case *compared, const char *name)
{
    for (size_t i = 0; i < 2; i++) {
        struct text made = snapshots[i].write(&compared->comparison);
        for (const char *at = made.data; *at != '\0';) {
            uint32_t point;
            at = utf8_next(at, &point);
            if (point != '\n' && (point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x202E)) {
                fail_msg("%s: U+%04X in %s", name, (unsigned)point, snapshots[i].file);
            }
        }
        text_release(&made);
    }
}

TEST(no_control_code_of_a_run_log_is_written)
{
    for_each_case_with_itself(check_plain);
}

TEST(a_forced_comparison_says_so_before_anything_else)
{
    const struct comparison_case *forced = comparison_cases;
    struct compared_case compared;

    while (strcmp(forced->name, "forced") != 0) {
        forced++;
    }
    compared_case_make(&compared, forced);
    for (size_t i = 0; i < 2; i++) {
        struct text made = snapshots[i].write(&compared.comparison);
        const char *loud = strstr(made.data, "NOT COMPARABLE");
        assert_non_null(loud);
        assert_true(loud < strstr(made.data, "The runs and their machines"));
        text_release(&made);
    }
    json_t *json = comparison_json(&compared.comparison);
    assert_true(json_is_false(json_object_get(json, "comparable")));
    json_decref(json);
    compared_case_release(&compared);
}

/* --- words -------------------------------------------------------------------------------------------------------- */

TEST(a_change_says_how_sure_it_is)
{
    static const struct {
        struct change change;
        const char *words;
    } cases[] = {
        {{.difference = DIFFERENCE_NOT_KNOWN, .ratio = 0, .low = 0, .high = 0, .confidence = 0}, "-"},
        {{.difference = DIFFERENCE_NOT_SEEN, .ratio = 1, .low = 1, .high = 1, .confidence = 0}, "~"},
        {{.difference = DIFFERENCE_NOT_SEEN, .ratio = 1.01, .low = 0.97, .high = 1.05, .confidence = 0.97},
         "~ (-3.0 % to +5.0 %)"},
        {{.difference = DIFFERENCE_NOT_SEEN, .ratio = 1.01, .low = 0.97, .high = 1.05, .confidence = 0.9},
         "~ (-3.0 % to +5.0 % at 90 %)"},
        {{.difference = DIFFERENCE_UNPROVEN, .ratio = 0.5, .low = 0.5, .high = 0.5, .confidence = 0},
         "-50 %, no interval"},
        {{.difference = DIFFERENCE_UNPROVEN, .ratio = 0.5, .low = 0.4, .high = 0.6, .confidence = 0.9},
         "-50 % (-60 % to -40 % at 90 %)"},
        {{.difference = DIFFERENCE_SEEN, .ratio = 0.5, .low = 0.4, .high = 0.6, .confidence = 0.9588},
         "-50 % (-60 % to -40 %)"},
        {{.difference = DIFFERENCE_SEEN, .ratio = 2.5, .low = 1.9, .high = 3.125, .confidence = 0.9588},
         "x2.5 (+90 % to x3.12)"},
        {{.difference = DIFFERENCE_SEEN, .ratio = 0.5, .low = 0.5, .high = 0.5, .confidence = 0.9588}, "-50 %"},
        {{.difference = DIFFERENCE_SEEN, .ratio = 1.0001, .low = 1.00001, .high = 1.0002, .confidence = 0.9588},
         "<+0.1 % (<+0.1 % to <+0.1 %)"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text out = {0};
        comparison_words_change(&out, &cases[i].change);
        assert_string_equal(out.data, cases[i].words);
        text_release(&out);
    }
}
