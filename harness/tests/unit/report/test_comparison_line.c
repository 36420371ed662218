#include "report/compare/comparison_line.h"

#include "comparison_cases.h"
#include "test.h"

#include <string.h>

static const struct comparison_case *case_named(const char *name)
{
    const struct comparison_case *found = comparison_cases;
    while (strcmp(found->name, name) != 0) {
        found++;
    }
    return found;
}

static struct text line_of(const char *name)
{
    struct compared_case compared;
    struct text line = {0};

    compared_case_make(&compared, case_named(name));
    assert_true(comparison_line_write(&line, &compared.comparison, "results/before.jsonl"));
    compared_case_release(&compared);
    return line;
}

TEST(one_trial_claims_no_difference)
{
    struct text line = line_of("versions");

    assert_non_null(strstr(line.data, "capacity -50 %, too few trials to tell a difference"));
    assert_non_null(strstr(line.data, " against results/before.jsonl"));
    text_release(&line);
}

TEST(each_service_is_named_where_there_are_several)
{
    struct text line = line_of("machines");

    assert_non_null(strstr(line.data, "node: capacity x8, "));
    assert_non_null(strstr(line.data, "; against results/before.jsonl"));
    text_release(&line);
}
